using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenants.Tenants;
using static Platform.Languages.Wording;

namespace Platform.Tenants.Lifecycle;

/// <summary>
/// How much a company may have. Counted when something is added: members and keys are few and seldom added, and members are
/// added one at a time, so their number is exact; keys that are made at the same moment may pass the limit together.
/// </summary>
internal static class Limits
{
    public static async Task<V1.Usage> UsageAsync(this TenantsDbContext db, Tenant tenant, CancellationToken cancellationToken) => new()
    {
        Resources =
        {
            new V1.ResourceUsage { Resource = "members", Used = await db.Members.LongCountAsync(cancellationToken), Limit = tenant.MemberLimit },
            new V1.ResourceUsage { Resource = "api_keys", Used = await db.ApiKeys.LongCountAsync(cancellationToken), Limit = tenant.ApiKeyLimit },
        },
    };

    /// <summary>Why there can be no further member.</summary>
    public static async Task<Error?> CheckMembersAsync(this TenantsDbContext db, CancellationToken cancellationToken) =>
        await db.Tenants.Select(tenant => tenant.MemberLimit).SingleOrDefaultAsync(cancellationToken) is > 0 and var limit && await db.Members.CountAsync(cancellationToken) >= limit
            ? Exhausted("MEMBER_LIMIT", Say($"Your company may have {limit} members and has them"))
            : null;

    /// <summary>Why there can be no further key.</summary>
    public static async Task<Error?> CheckApiKeysAsync(this TenantsDbContext db, CancellationToken cancellationToken) =>
        await db.Tenants.Select(tenant => tenant.ApiKeyLimit).SingleOrDefaultAsync(cancellationToken) is > 0 and var limit && await db.ApiKeys.CountAsync(cancellationToken) >= limit
            ? Exhausted("API_KEY_LIMIT", Say($"Your company may have {limit} keys and has them"))
            : null;

    private static Error Exhausted(string code, string what) =>
        new(Google.Rpc.Code.ResourceExhausted, code, Say($"{what}: remove one, or ask the operator of the platform to raise the limit."));
}
