using Platform.Events;
using Platform.Tenants.V1;

namespace Platform.Finance.Settings;

internal static class OnTenantCreated
{
    public static async Task Handle(TenantCreated message, EventContext context, FinanceDbContext db, CancellationToken cancellationToken)
    {
        var time = context.Services.GetRequiredService<TimeProvider>();
        var settings = await db.LoadOrAddSettingsAsync(time, cancellationToken);
        // What a person entered before the event arrived is better than what the event knows.
        if (!settings.HasLegalEntity)
            settings.Adopt(message.Tenant, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
    }
}
