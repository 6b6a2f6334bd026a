using Microsoft.EntityFrameworkCore;

namespace Platform.Tenants.Policies;

internal static class PolicyRows
{
    /// <summary>The policy, tracked; null where there is none in this tenant.</summary>
    public static async Task<Policy?> LoadPolicyAsync(this TenantsDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var key) ? await db.Policies.SingleOrDefaultAsync(policy => policy.Id == key, cancellationToken) : null;
}
