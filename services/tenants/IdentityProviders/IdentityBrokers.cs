using System.Net;
using System.Text.Json.Nodes;
using Platform.Errors;
using Platform.Tenants.ExternalApps;

namespace Platform.Tenants.IdentityProviders;

/// <summary>Identity providers at the platform's identity server, by Keycloak's admin API. Nothing of a secret is kept here.</summary>
internal sealed class IdentityBrokers(IdentityAdmin admin)
{
    private const string Instances = "/identity-provider/instances";

    public string RealmUrl => admin.RealmUrl;

    /// <summary>Registers it for the company's organization; null where that went well. Before it belongs to one, nobody can use it.</summary>
    public async Task<Error?> CreateAsync(IdentityProvider provider, string secret, CancellationToken cancellationToken) => (await admin.TryAsync(async () =>
    {
        using var made = await admin.SendAsync(HttpMethod.Post, Instances, BrokerDescription.Of(provider, secret, isEnabled: false), cancellationToken);
        using var linked = await admin.SendAsync(HttpMethod.Post, $"/organizations/{provider.TenantId}/identity-providers", provider.Alias, cancellationToken);
        return provider.Disabled ? "" : await WriteAsync(provider, "", cancellationToken);
    }, cancellationToken)).Error;

    /// <summary>Makes it what it is now, with a new secret or the one that it has; null where that went well.</summary>
    public async Task<Error?> UpdateAsync(IdentityProvider provider, string secret, CancellationToken cancellationToken) =>
        (await admin.TryAsync(() => WriteAsync(provider, secret, cancellationToken), cancellationToken)).Error;

    /// <summary>Removes it with all connections; null where that went well, or it was gone already.</summary>
    public async Task<Error?> DeleteAsync(IdentityProvider provider, CancellationToken cancellationToken) => (await admin.TryAsync(async () =>
    {
        using var _ = await admin.SendAsync(HttpMethod.Delete, $"{Instances}/{provider.Alias}", null, cancellationToken, HttpStatusCode.NotFound);
        return "";
    }, cancellationToken)).Error;

    // A PUT there replaces all of it: what an operator has set beside (a flow, a mapper's setting, a clock skew) is read first and kept. The
    // provider's row is locked meanwhile, so that no other save of ours comes between.
    private async Task<string> WriteAsync(IdentityProvider provider, string secret, CancellationToken cancellationToken)
    {
        var there = JsonNode.Parse((await admin.GetAsync($"{Instances}/{provider.Alias}", cancellationToken)).GetRawText())!.AsObject();
        using var _ = await admin.SendAsync(HttpMethod.Put, $"{Instances}/{provider.Alias}", BrokerDescription.Over(there, provider, secret, !provider.Disabled), cancellationToken);
        return "";
    }
}
