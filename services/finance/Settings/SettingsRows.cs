using Microsoft.EntityFrameworkCore;

namespace Platform.Finance.Settings;

internal static class SettingsRows
{
    /// <summary>The tenant's settings; where there are none yet, the defaults, not saved.</summary>
    public static async Task<FinanceSettings> LoadSettingsAsync(this FinanceDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        await db.Settings.AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? FinanceSettings.CreateDefault(db.Caller.RequiredTenantId, time.GetUtcNow());

    /// <summary>The tenant's settings, to be changed; added where there are none yet.</summary>
    public static async Task<FinanceSettings> LoadOrAddSettingsAsync(this FinanceDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        await db.Settings.SingleOrDefaultAsync(cancellationToken) ?? db.Settings.Add(FinanceSettings.CreateDefault(db.Caller.RequiredTenantId, time.GetUtcNow())).Entity;
}
