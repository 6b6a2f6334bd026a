using System.Collections.Frozen;
using System.ComponentModel;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Access.ApiKeys;

/// <summary>
/// Cached permissions of keys. Kept for less than a second, which needs no events to be right everywhere two seconds after a
/// change: this process, such as the gateway, may ask a tenants service that asked its database as long ago.
/// </summary>
internal sealed class ApiKeyDirectory(HybridCache cache, IServiceScopeFactory scopes)
{
    private static readonly HybridCacheEntryOptions Options = new()
    {
        Expiration = TimeSpan.FromMilliseconds(750),
        LocalCacheExpiration = TimeSpan.FromMilliseconds(750),
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    /// <summary>What the key may do; null where it is not valid.</summary>
    public async ValueTask<ApiKeyGrant?> FindAsync(ApiKeyText key, CancellationToken cancellationToken)
    {
        var name = $"api-key:{key.TenantId:N}:{key.Id:N}:{Convert.ToHexString(key.Hash())}";
        return (await cache.GetOrCreateAsync(name, (scopes, key), static (state, token) => LoadAsync(state.scopes, state.key, token), Options, cancellationToken: cancellationToken)).Grant;
    }

    private static async ValueTask<Answer> LoadAsync(IServiceScopeFactory scopes, ApiKeyText key, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var access = await scope.ServiceProvider.GetRequiredService<IApiKeySource>().FindAsync(key, cancellationToken);
        return new Answer(access is null ? null : new ApiKeyGrant(access.Permissions.ToFrozenSet(StringComparer.Ordinal), TenantStanding.Of(access)));
    }

    [ImmutableObject(true)]
    private sealed record Answer(ApiKeyGrant? Grant);
}

/// <summary>What a key may do, and how its company stands.</summary>
internal sealed record ApiKeyGrant(FrozenSet<string> Permissions, TenantStanding Standing);
