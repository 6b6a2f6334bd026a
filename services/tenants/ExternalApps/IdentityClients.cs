using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Errors;

namespace Platform.Tenants.ExternalApps;

/// <summary>Applications as clients of the identity server, by Keycloak's admin API. Nothing of a secret is kept here.</summary>
internal sealed class IdentityClients(IdentityAdmin admin)
{
    private const string Scopes = "optional-client-scopes";
    private const string TenantAttribute = "platform.tenant";

    // Without "roles": no role of a person is in an application's token.
    private static readonly string[] DefaultScopes = ["acr", "basic", "profile", "organization", "platform-api"];
    private static readonly string[] OwnOrigins = ["+"];

    /// <summary>Registers the application; its secret, or an empty text for a public one.</summary>
    public Task<Result<string>> CreateAsync(ExternalApp app, CancellationToken cancellationToken) => admin.TryAsync(async () =>
    {
        using var _ = await admin.SendAsync(HttpMethod.Post, "/clients", new
        {
            clientId = app.ClientId,
            name = app.DisplayName,
            protocol = "openid-connect",
            publicClient = app.IsPublic,
            consentRequired = true,
            standardFlowEnabled = true,
            implicitFlowEnabled = false,
            directAccessGrantsEnabled = false,
            serviceAccountsEnabled = false,
            fullScopeAllowed = false,
            enabled = !app.Disabled,
            redirectUris = app.RedirectUris,
            webOrigins = OriginsOf(app),
            attributes = new Dictionary<string, string>
            {
                ["pkce.code.challenge.method"] = "S256",
                ["post.logout.redirect.uris"] = "+",
                [TenantAttribute] = app.TenantId.ToString(),
            },
            defaultClientScopes = DefaultScopes,
            optionalClientScopes = app.Permissions.Append("email"),
        }, cancellationToken);
        return app.IsPublic ? "" : await SecretAsync(HttpMethod.Get, await RequiredKeyAsync(app, cancellationToken), cancellationToken);
    }, cancellationToken);

    /// <summary>Makes the client what the application is now; null where that went well.</summary>
    public async Task<Error?> UpdateAsync(ExternalApp app, CancellationToken cancellationToken) => (await admin.TryAsync(async () =>
    {
        var path = $"/clients/{await RequiredKeyAsync(app, cancellationToken)}";
        using var _ = await admin.SendAsync(HttpMethod.Put, path, new
        {
            clientId = app.ClientId,
            name = app.DisplayName,
            enabled = !app.Disabled,
            redirectUris = app.RedirectUris,
            webOrigins = OriginsOf(app),
        }, cancellationToken);
        await GiveScopesAsync(path, [.. app.Permissions, "email"], cancellationToken);
        return "";
    }, cancellationToken)).Error;

    /// <summary>A new secret; the one before is refused from now on.</summary>
    public Task<Result<string>> RotateAsync(ExternalApp app, CancellationToken cancellationToken) =>
        admin.TryAsync(async () => await SecretAsync(HttpMethod.Post, await RequiredKeyAsync(app, cancellationToken), cancellationToken), cancellationToken);

    /// <summary>Removes the client, with its sessions and consents; null where that went well, or it was gone already.</summary>
    public async Task<Error?> DeleteAsync(ExternalApp app, CancellationToken cancellationToken) => (await admin.TryAsync(async () =>
    {
        if (await KeyAsync(app, cancellationToken) is { } key)
            using (await admin.SendAsync(HttpMethod.Delete, $"/clients/{key}", null, cancellationToken, HttpStatusCode.NotFound))
                return "";
        return "";
    }, cancellationToken)).Error;

    private static string[] OriginsOf(ExternalApp app) => app.IsPublic ? OwnOrigins : [];

    private async Task GiveScopesAsync(string path, IReadOnlyCollection<string> wanted, CancellationToken cancellationToken)
    {
        var given = await ScopesAsync($"{path}/{Scopes}", cancellationToken);
        var known = wanted.All(given.ContainsKey) ? given : await ScopesAsync("/client-scopes", cancellationToken);
        foreach (var name in wanted.Where(name => !given.ContainsKey(name)))
            using (await admin.SendAsync(HttpMethod.Put, $"{path}/{Scopes}/{KeyOf(known, name)}", null, cancellationToken)) { }
        foreach (var (name, id) in given.Where(scope => !wanted.Contains(scope.Key)))
            using (await admin.SendAsync(HttpMethod.Delete, $"{path}/{Scopes}/{id}", null, cancellationToken, HttpStatusCode.NotFound)) { }
    }

    private static string KeyOf(Dictionary<string, string> scopes, string name) =>
        scopes.GetValueOrDefault(name) ?? throw new HttpRequestException($"The identity server has no scope '{name}'.");

    private async Task<Dictionary<string, string>> ScopesAsync(string path, CancellationToken cancellationToken) =>
        (await admin.GetAsync(path, cancellationToken)).EnumerateArray().ToDictionary(scope => scope.GetProperty("name").GetString()!, scope => scope.GetProperty("id").GetString()!);

    private async Task<string> SecretAsync(HttpMethod method, string key, CancellationToken cancellationToken)
    {
        using var response = await admin.SendAsync(method, $"/clients/{key}/client-secret", null, cancellationToken);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("value").GetString()!;
    }

    private async Task<string> RequiredKeyAsync(ExternalApp app, CancellationToken cancellationToken) =>
        await KeyAsync(app, cancellationToken) ?? throw new HttpRequestException("The identity server does not know the application.");

    // The admin API addresses a client by a key of its own.
    private async Task<string?> KeyAsync(ExternalApp app, CancellationToken cancellationToken) =>
        (await admin.GetAsync($"/clients?clientId={app.ClientId}", cancellationToken)).EnumerateArray().Select(client => client.GetProperty("id").GetString()).SingleOrDefault();
}
