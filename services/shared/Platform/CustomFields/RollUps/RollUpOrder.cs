using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Platform.CustomFields.RollUps;

/// <summary>
/// Transactions that write several counted records come one after the other, so that they do not wait for each other's values in
/// a circle.
/// </summary>
internal static class RollUpOrder
{
    /// <summary>Waits for the other ones, until the end of the transaction.</summary>
    public static async Task HoldAsync(PlatformDbContext db, IEnumerable<string> resources, CancellationToken cancellationToken)
    {
        foreach (var resource in resources.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var name = $"roll-ups {db.Caller.RequiredTenantId} {resource}";
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellationToken);
        }
    }
}
