using System.Collections.Frozen;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Access;

/// <summary>Cached permissions of people: asked once a minute, dropped at once when MemberChanged arrives.</summary>
public sealed class AccessDirectory(HybridCache cache, IServiceScopeFactory scopes)
{
    private static readonly HybridCacheEntryOptions Options = new()
    {
        Expiration = TimeSpan.FromMinutes(1),
        LocalCacheExpiration = TimeSpan.FromMinutes(1),
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    /// <summary>The permissions of a person in a tenant.</summary>
    public async ValueTask<IReadOnlySet<string>> GetAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken) =>
        (await cache.GetOrCreateAsync(Key(tenantId, userId), token => LoadAsync(tenantId, userId, bearerToken, token), Options, cancellationToken: cancellationToken)).Set;

    /// <summary>Forgets what is known of a person.</summary>
    public ValueTask ForgetAsync(Guid tenantId, string userId, CancellationToken cancellationToken) => cache.RemoveAsync(Key(tenantId, userId), cancellationToken);

    private static string Key(Guid tenantId, string userId) => $"access:{tenantId:N}:{userId}";

    private async ValueTask<Grant> LoadAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var source = scope.ServiceProvider.GetRequiredService<IAccessSource>();
        return new Grant((await source.GetPermissionsAsync(tenantId, userId, bearerToken, cancellationToken)).ToFrozenSet(StringComparer.Ordinal));
    }

    // Immutable, so that the cache hands out the instance instead of a copy.
    [System.ComponentModel.ImmutableObject(true)]
    private sealed record Grant(FrozenSet<string> Set);
}
