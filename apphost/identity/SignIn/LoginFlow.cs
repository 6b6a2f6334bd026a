using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Extensions;
using OpenIddict.Abstractions;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.SignIn;

/// <summary>A checked authorization request that waits for its user; it travels, sealed, in the login form.</summary>
internal sealed record LoginFlow(IReadOnlyDictionary<string, string> Request, Language Language, DateTimeOffset StartedAt)
{
    public static LoginFlow From(OpenIddictRequest request, Language language, TimeProvider time) => new(
        request.GetParameters()
            .Where(parameter => (string?)parameter.Value is not null)
            .ToDictionary(parameter => parameter.Key, parameter => (string)parameter.Value!),
        language,
        time.GetUtcNow());

    /// <summary>The client id of sign-ins to a person's own account pages, named as Keycloak's.</summary>
    public const string AccountClient = "account-console";

    /// <summary>A page of this server that waits for its user, instead of an application.</summary>
    public string? ReturnTo { get; init; }

    public static LoginFlow ForAccount(string path, Language language, TimeProvider time) =>
        new(new Dictionary<string, string> { [Parameters.ClientId] = AccountClient }, language, time.GetUtcNow()) { ReturnTo = path };

    /// <summary>A sign-in that began at a customer's server; an address of this server leads on to the application.</summary>
    public static LoginFlow ForApplication(RealmClient client, string path, Language language, TimeProvider time) =>
        new(new Dictionary<string, string> { [Parameters.ClientId] = client.Id, [Parameters.RedirectUri] = client.HomePage! }, language, time.GetUtcNow()) { ReturnTo = path };

    /// <summary>What the person signs in to, in words; null for an application that is gone.</summary>
    public string? ApplicationIn(Realm realm) => ClientId == AccountClient && ReturnTo is not null ? Texts.In(Language).Account : realm.FindClient(ClientId)?.DisplayName;

    [JsonIgnore]
    public string? ClientId => Request.GetValueOrDefault(Parameters.ClientId);

    [JsonIgnore]
    public string? RedirectUri => Request.GetValueOrDefault(Parameters.RedirectUri);

    [JsonIgnore]
    public string? LoginHint => Request.GetValueOrDefault(Parameters.LoginHint);

    /// <summary>The same request again, in another language when one is given.</summary>
    public string Restart(RealmAddresses addresses, Language? language = null) => ReturnTo is { } page
        ? page + QueryString.Create(Locale.Parameter, (language ?? Language).Code())
        : addresses.Authorization + Query(language is { } other
            ? Request.Where(pair => pair.Key != Locale.Parameter).Append(new(Locale.Parameter, other.Code()))
            : Request);

    /// <summary>The request once its user has signed in: asking to sign in again would never end.</summary>
    public string Resume(RealmAddresses addresses) => ReturnTo is { } page
        ? page + QueryString.Create(Locale.Parameter, Language.Code())
        : addresses.Authorization + Query(Request.Where(pair => pair.Key is not (Parameters.Prompt or Parameters.MaxAge)));

    /// <summary>The same request for one organization.</summary>
    public string Narrow(RealmAddresses addresses, string organization)
    {
        var scopes = Request.GetValueOrDefault(Parameters.Scope, "").Split(' ').Where(scope => scope != GrantedScopes.Organization);
        return addresses.Authorization + Query(Request.Where(pair => pair.Key != Parameters.Scope)
            .Append(new(Parameters.Scope, string.Join(' ', scopes.Append($"{GrantedScopes.Organization}:{organization}")))));
    }

    private static string Query(IEnumerable<KeyValuePair<string, string>> request) => new QueryBuilder(request).ToString();
}

/// <summary>Seals and opens login flows.</summary>
internal sealed class LoginFlowSeal(IDataProtectionProvider provider, Realm realm, TimeProvider time)
{
    private readonly IDataProtector _protector = provider.CreateProtector("Platform.Identity.LoginFlow");

    public string Seal(LoginFlow flow) => _protector.Protect(JsonSerializer.Serialize(flow, LoginFlowJson.Default.LoginFlow));

    public LoginFlow? Open(string? sealedFlow)
    {
        try
        {
            return sealedFlow is null ? null : JsonSerializer.Deserialize(_protector.Unprotect(sealedFlow), LoginFlowJson.Default.LoginFlow);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    public bool IsStale(LoginFlow flow) =>
        time.GetUtcNow() > flow.StartedAt.AddSeconds(realm.Settings.AccessCodeLifespanLogin);
}

[JsonSerializable(typeof(LoginFlow))]
internal sealed partial class LoginFlowJson : JsonSerializerContext;
