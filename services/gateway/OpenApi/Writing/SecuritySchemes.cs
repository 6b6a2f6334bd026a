using System.Text.Json.Nodes;

namespace Platform.Gateway.OpenApi.Writing;

/// <summary>How callers say who they are. The permissions are the scopes.</summary>
internal static class SecuritySchemes
{
    private const string Token = "token";
    private const string Session = "session";
    private const string SignIn = "signIn";

    /// <summary>Any one of the schemes, with the permission.</summary>
    public static JsonArray Requirement(string? permission) =>
        [With(Token, permission), With(SignIn, permission), With(Session, permission)];

    /// <summary>The schemes; <paramref name="realm"/> is where the identity server is.</summary>
    public static JsonObject Components(Uri realm, IEnumerable<string> permissions) => new()
    {
        [Token] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["description"] = "An access token of a person, an application or a service account, or an API key (`pk_…`). A person's company stands in the token. Keys, applications' tokens and roles hold the permissions that are named with each call.",
        },
        [SignIn] = new JsonObject
        {
            ["type"] = "oauth2",
            ["description"] = "For registered applications: authorization code with PKCE (S256); the permissions that a person is asked for are scopes.",
            ["flows"] = new JsonObject
            {
                ["authorizationCode"] = new JsonObject
                {
                    ["authorizationUrl"] = $"{realm}protocol/openid-connect/auth",
                    ["tokenUrl"] = $"{realm}protocol/openid-connect/token",
                    ["refreshUrl"] = $"{realm}protocol/openid-connect/token",
                    ["scopes"] = new JsonObject(permissions.Select(permission => KeyValuePair.Create(permission, (JsonNode?)permission.Replace(".", ": ", StringComparison.Ordinal)))),
                },
            },
        },
        [Session] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "cookie",
            ["name"] = "__Host-platform-session",
            ["description"] = "A browser that has signed in at `/bff/login`. What changes something also sends `X-CSRF-Token` with the `csrfToken` of `GET /bff/user`.",
        },
    };

    private static JsonObject With(string scheme, string? permission) => new() { [scheme] = permission is null ? [] : new JsonArray(permission) };
}
