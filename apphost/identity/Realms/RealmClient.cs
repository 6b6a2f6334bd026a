using System.Security.Cryptography;
using System.Text;

namespace Platform.Identity.Realms;

/// <summary>A client with its scopes resolved and its addresses understood.</summary>
internal sealed class RealmClient
{
    private readonly Dictionary<string, ClientScopeDocument> _scopes;
    private readonly RedirectUriPattern[] _redirectUris;
    private readonly RedirectUriPattern[] _postLogoutRedirectUris;

    public RealmClient(RealmDocument realm, ClientDocument document, IReadOnlyDictionary<string, ClientScopeDocument> scopes)
    {
        Document = document;
        DefaultScopes = Resolve(document.DefaultClientScopes ?? realm.DefaultDefaultClientScopes, scopes, document.ClientId);
        _scopes = DefaultScopes
            .Concat(Resolve(document.OptionalClientScopes ?? realm.DefaultOptionalClientScopes, scopes, document.ClientId))
            .DistinctBy(scope => scope.Name)
            .ToDictionary(scope => scope.Name, StringComparer.Ordinal);
        _redirectUris = Patterns(document.RedirectUris);
        _postLogoutRedirectUris = Patterns(PostLogoutRedirectUris(document));
        WebOrigins = [.. document.WebOrigins.SelectMany(origin => origin == "+" ? _redirectUris.Select(uri => uri.Origin) : [origin.TrimEnd('/')])];
    }

    public ClientDocument Document { get; }

    public string Id => Document.ClientId;

    /// <summary>What the admin API addresses it by.</summary>
    public string Key => Document.Id ?? KeyFor(Id);

    /// <summary>The same key at each start for what the file names but gives none.</summary>
    public static string KeyFor(string name) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)).ToString();

    public string DisplayName => Document.Name ?? Document.ClientId;

    public IReadOnlyList<ClientScopeDocument> DefaultScopes { get; }

    public IReadOnlyList<string> WebOrigins { get; }

    /// <summary>The organization that registered the application, and whose people alone may use it; null for those of the installation.</summary>
    public string? OrganizationId => Document.Attributes.GetValueOrDefault(OrganizationAttribute);

    public const string OrganizationAttribute = "platform.tenant";

    public bool RequiresProofKey => Document.PublicClient || Document.Attributes.ContainsKey("pkce.code.challenge.method");

    /// <summary>Where the client wants to hear that a session with it has ended.</summary>
    public Uri? BackChannelLogoutUrl =>
        Uri.TryCreate(Document.Attributes.GetValueOrDefault("backchannel.logout.url"), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    public bool BackChannelNamesSession => Document.Attributes.GetValueOrDefault("backchannel.logout.session.required", "true") == "true";

    /// <summary>By what name customers' servers lead people here; null for a client where no sign-in begins elsewhere.</summary>
    public string? UnaskedName => Document.Attributes.GetValueOrDefault("saml_idp_initiated_sso_url_name") is { Length: > 0 } name ? name : null;

    /// <summary>The client's page, for a link back to it.</summary>
    public string? HomePage => Document.BaseUrl is { Length: > 0 } url ? Absolute(url) : Document.RootUrl;

    public IEnumerable<ClientScopeDocument> Scopes => _scopes.Values;

    public bool AllowsRedirect(string uri) => _redirectUris.Any(pattern => pattern.Matches(uri));

    public bool AllowsPostLogoutRedirect(string uri) => _postLogoutRedirectUris.Any(pattern => pattern.Matches(uri));

    /// <summary>A scope that the client may ask for; <c>organization:acme</c> asks for <c>organization</c>.</summary>
    public ClientScopeDocument? FindScope(string requested) => _scopes.GetValueOrDefault(requested.Split(':', 2)[0]);

    private string? Absolute(string url) => Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https" ? url
        : Document.RootUrl is { Length: > 0 } root ? root.TrimEnd('/') + "/" + url.TrimStart('/')
        : null;

    private static IEnumerable<string> PostLogoutRedirectUris(ClientDocument document)
    {
        var uris = document.Attributes.GetValueOrDefault("post.logout.redirect.uris", "+");
        return uris.Split("##", StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(uri => uri switch { "+" => document.RedirectUris, "-" => [], _ => [uri] });
    }

    private static RedirectUriPattern[] Patterns(IEnumerable<string> uris) => [.. uris.Select(RedirectUriPattern.Parse)];

    private static List<ClientScopeDocument> Resolve(
        IEnumerable<string> names,
        IReadOnlyDictionary<string, ClientScopeDocument> scopes,
        string clientId) =>
        [.. names.Select(name => scopes.GetValueOrDefault(name)
            ?? throw new StartupException($"Client {clientId} names the client scope {name}, which the realm file does not define."))];
}
