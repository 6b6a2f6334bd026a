using Microsoft.EntityFrameworkCore;
using Platform.Events;
using Platform.Tenants.V1;

namespace Platform.Communications.Delivery;

internal static class OnTenantStateChanged
{
    /// <summary>E-mails of a suspended company are held; what waited goes out when it is resumed.</summary>
    public static async Task Handle(TenantStateChanged message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken)
    {
        var held = await db.HeldTenants.SingleOrDefaultAsync(cancellationToken);
        if (message.Tenant.State == TenantState.Suspended && held is null)
            db.HeldTenants.Add(new HeldTenant());
        if (message.Tenant.State != TenantState.Suspended && held is not null)
            db.HeldTenants.Remove(held);
        await db.SaveChangesAsync(cancellationToken);
    }
}
