using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using Platform.Testing;

namespace Gateway.Tests.Sessions;

/// <summary>An identity server that asks nobody anything, keeps its rules strictly, and lies where a test wants it to.</summary>
public sealed class FakeIdentity : IAsyncDisposable
{
    public const string ClientId = "platform-web";
    public const string Secret = "the secret of the web client";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Grant> _codes = new();
    private readonly ConcurrentDictionary<string, Grant> _refreshTokens = new();
    private int _renewals;

    private FakeIdentity(WebApplication app) => _app = app;

    /// <summary>Who is in front of the browser.</summary>
    public FakePerson Person { get; set; } = FakePerson.Alice;

    /// <summary>What the next access tokens say of their lifetime.</summary>
    public int ExpiresIn { get; set; } = 300;

    /// <summary>Changes the claims of identity tokens.</summary>
    public Action<Dictionary<string, object>>? Spoil { get; set; }

    /// <summary>Runs before each renewal is answered.</summary>
    public Func<Task> BeforeRenewal { get; set; } = () => Task.CompletedTask;

    /// <summary>The token endpoint is broken.</summary>
    public bool IsDown { get; set; }

    /// <summary>How many refresh tokens were traded in.</summary>
    public int Renewals => _renewals;

    /// <summary>Every form that was posted, by its endpoint.</summary>
    public ConcurrentQueue<(string Endpoint, Dictionary<string, string> Form)> Posts { get; } = new();

    public string Url { get; private set; } = "";

    public string Issuer => $"{Url}/realms/platform";

    public static async Task<FakeIdentity> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var identity = new FakeIdentity(app);
        var realm = app.MapGroup("/realms/platform");
        realm.MapGet("/.well-known/openid-configuration", identity.Discovery);
        var protocol = realm.MapGroup("/protocol/openid-connect");
        protocol.MapGet("/certs", () => new { keys = new[] { PublicKey() } });
        protocol.MapGet("/auth", identity.Authorize);
        protocol.MapPost("/token", (Delegate)identity.Token);
        protocol.MapPost("/revoke", (Delegate)((HttpContext context) => identity.Note(context, "revoke")));
        protocol.MapPost("/logout", (Delegate)((HttpContext context) => identity.Note(context, "logout")));
        await app.StartAsync();
        identity.Url = app.Urls.Single();
        return identity;
    }

    /// <summary>A logout token as the specification wants it, changed by the test.</summary>
    public string LogoutToken(
        Action<Dictionary<string, object>>? change = null, SecurityKey? key = null, string? issuer = null, string audience = ClientId, DateTime? expires = null)
    {
        var claims = new Dictionary<string, object>
        {
            ["sub"] = Person.Id,
            ["sid"] = Person.SingleSignOnId,
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            ["events"] = new Dictionary<string, object> { ["http://schemas.openid.net/event/backchannel-logout"] = new Dictionary<string, object>() },
        };
        change?.Invoke(claims);
        return TestTokens.Create(claims, issuer ?? Issuer, audience, expires, key);
    }

    /// <summary>Every sign-in has ended here; nobody has been told.</summary>
    public void Forget() => _refreshTokens.Clear();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Discovery() => Results.Json(new Dictionary<string, object>
    {
        ["issuer"] = Issuer,
        ["authorization_endpoint"] = $"{Issuer}/protocol/openid-connect/auth",
        ["token_endpoint"] = $"{Issuer}/protocol/openid-connect/token",
        ["jwks_uri"] = $"{Issuer}/protocol/openid-connect/certs",
        ["revocation_endpoint"] = $"{Issuer}/protocol/openid-connect/revoke",
        ["end_session_endpoint"] = $"{Issuer}/protocol/openid-connect/logout",
    });

    private static Dictionary<string, string> PublicKey()
    {
        var parameters = TestTokens.Key.Rsa.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = TestTokens.Key.KeyId,
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        };
    }

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["code_challenge_method"] != "S256" || query["response_type"] != "code")
            return Results.BadRequest();
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = new Grant(Person, query["nonce"]!, query["code_challenge"]!, query["redirect_uri"]!, query["scope"]!);
        var answer = new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"], ["iss"] = Issuer };
        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"]!, answer));
    }

    private async Task<IResult> Token(HttpContext context)
    {
        var form = await NoteAsync(context, "token");
        if (IsDown)
            return Results.StatusCode(503);
        if (form["client_id"] != ClientId || form["client_secret"] != Secret)
            return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        var isCode = form["grant_type"] == "authorization_code";
        Grant? grant;
        if (isCode)
        {
            var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"])));
            if (!_codes.TryRemove(form["code"], out grant) || grant.RedirectUri != form["redirect_uri"] || grant.Challenge != challenge)
                return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }
        else
        {
            // A refresh token is good once.
            var known = _refreshTokens.TryRemove(form["refresh_token"], out grant);
            Interlocked.Increment(ref _renewals);
            await BeforeRenewal();
            if (!known)
                return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        return Results.Json(Tokens(grant!, isCode));
    }

    private Dictionary<string, object> Tokens(Grant grant, bool withNonce)
    {
        var claims = grant.Person.Claims(grant.Scope);
        var identity = new Dictionary<string, object>(claims);
        if (withNonce)
            identity["nonce"] = grant.Nonce;
        Spoil?.Invoke(identity);
        var refresh = Guid.NewGuid().ToString("N");
        _refreshTokens[refresh] = grant;
        return new()
        {
            ["access_token"] = TestTokens.Create(new(claims) { ["jti"] = Guid.NewGuid().ToString() }, Issuer),
            ["refresh_token"] = refresh,
            ["id_token"] = TestTokens.Create(identity, Taken(identity, "iss") ?? Issuer, Taken(identity, "aud") ?? ClientId),
            ["token_type"] = "Bearer",
            ["expires_in"] = ExpiresIn,
        };
    }

    private static string? Taken(Dictionary<string, object> claims, string name) => claims.Remove(name, out var value) ? (string)value : null;

    private async Task<IResult> Note(HttpContext context, string endpoint)
    {
        var form = await NoteAsync(context, endpoint);
        if (endpoint == "revoke")
            _refreshTokens.TryRemove(form["token"], out _);
        return Results.Ok();
    }

    private async Task<Dictionary<string, string>> NoteAsync(HttpContext context, string endpoint)
    {
        var form = (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
        Posts.Enqueue((endpoint, form));
        return form;
    }

    private sealed record Grant(FakePerson Person, string Nonce, string Challenge, string RedirectUri, string Scope);
}

/// <summary>Somebody at the identity server.</summary>
public sealed record FakePerson(string Id, string Name, string Email, Dictionary<string, Guid> Organizations)
{
    public static FakePerson Alice { get; } = new("alice-id", "Alice <b>Anders</b>", "alice@acme.example", new() { ["acme"] = TestTenants.Acme });

    public static FakePerson Both { get; } =
        new("both-id", "Bo Both", "bo@both.example", new() { ["acme"] = TestTenants.Acme, ["globex"] = TestTenants.Globex });

    /// <summary>The single sign-on, one a person.</summary>
    public string SingleSignOnId => $"sso-of-{Id}";

    /// <summary>Somebody new.</summary>
    public static FakePerson New() => Alice with { Id = Guid.NewGuid().ToString() };

    public Dictionary<string, object> Claims(string scope)
    {
        var named = scope.Split(' ').SingleOrDefault(name => name.StartsWith("organization:", StringComparison.Ordinal));
        var wanted = named?["organization:".Length..] ?? Organizations.Keys.First();
        return new()
        {
            ["sub"] = Id,
            ["sid"] = SingleSignOnId,
            ["name"] = Name,
            ["email"] = Email,
            ["organization"] = new Dictionary<string, object> { [wanted] = new Dictionary<string, object> { ["id"] = Organizations[wanted].ToString() } },
        };
    }
}
