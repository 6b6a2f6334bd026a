using System.Collections.Frozen;
using System.ComponentModel;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Platform.Errors;

namespace Platform.Access.ExternalApps;

/// <summary>
/// What tokens of companies' applications still grant. Kept for a second only, as keys are: a consent that is taken back, and an
/// application that is switched off, count everywhere within two seconds.
/// </summary>
internal sealed class ExternalAppDirectory(HybridCache cache, IServiceScopeFactory scopes)
{
    private static readonly Error Refused =
        new(Google.Rpc.Code.Unauthenticated, "APPLICATION_REFUSED", "This application may not act for you in this company, or not any more: sign in with it again.");

    private static readonly HybridCacheEntryOptions Options = new()
    {
        Expiration = TimeSpan.FromSeconds(1),
        LocalCacheExpiration = TimeSpan.FromSeconds(1),
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    /// <summary>What the token's client lets its person do: everything, for clients that are no company's application.</summary>
    public ValueTask<Result<AppGrant>> FindAsync(ClaimsPrincipal user, Guid tenantId, string bearer, CancellationToken cancellationToken) =>
        user.FindFirstValue("azp") is not { } clientId || !ExternalClient.IsOne(clientId) ? ValueTask.FromResult<Result<AppGrant>>(AppGrant.Everything)
        : AppToken.Of(user, clientId, tenantId, bearer) is { } token ? AskAsync(token, cancellationToken)
        : ValueTask.FromResult<Result<AppGrant>>(Refused);

    private async ValueTask<Result<AppGrant>> AskAsync(AppToken token, CancellationToken cancellationToken)
    {
        var name = $"external-app:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token.Bearer)))}";
        var answer = await cache.GetOrCreateAsync(name, (scopes, token), static (state, stop) => LoadAsync(state.scopes, state.token, stop), Options, cancellationToken: cancellationToken);
        return answer.Grant is { } grant ? grant : Refused;
    }

    private static async ValueTask<Answer> LoadAsync(IServiceScopeFactory scopes, AppToken token, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var permissions = await scope.ServiceProvider.GetRequiredService<IExternalAppSource>().FindAsync(token, cancellationToken);
        return new Answer(permissions is null ? null : new AppGrant(permissions.ToFrozenSet(StringComparer.Ordinal)));
    }

    [ImmutableObject(true)]
    private sealed record Answer(AppGrant? Grant);
}

/// <summary>What a client may do for its person.</summary>
/// <param name="Permissions">The permissions; null for all that the person has.</param>
internal sealed record AppGrant(FrozenSet<string>? Permissions)
{
    public static readonly AppGrant Everything = new((FrozenSet<string>?)null);

    /// <summary>What is left of a person's permissions.</summary>
    public IReadOnlySet<string> Narrow(IReadOnlySet<string> permissions) =>
        Permissions is { } granted ? permissions.Where(granted.Contains).ToFrozenSet(StringComparer.Ordinal) : permissions;
}
