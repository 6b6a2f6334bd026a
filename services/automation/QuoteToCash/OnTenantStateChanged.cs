using Microsoft.EntityFrameworkCore;
using Platform.Automation.Processes;
using Platform.Automation.V1;
using Platform.Events;
using Platform.Tenants.V1;

namespace Platform.Automation.QuoteToCash;

internal static class OnTenantStateChanged
{
    /// <summary>Sagas of a suspended company pause where they are, and go on when it is resumed. Should the event come again, nothing more happens.</summary>
    public static async Task Handle(TenantStateChanged message, EventContext context, AutomationDbContext db, CancellationToken cancellationToken)
    {
        var held = await db.FindHeldAsync(cancellationToken);
        var isSuspended = message.Tenant.State == TenantState.Suspended;
        if (isSuspended && held is null)
            db.HeldTenants.Add(new HeldTenant());
        if (!isSuspended && held is not null)
            db.HeldTenants.Remove(held);
        await db.SaveChangesAsync(cancellationToken);

        var sagas = context.Services.GetRequiredService<SagaInstances>();
        var running = await db.Processes.AsNoTracking()
            .Where(row => row.Type == QuoteToCashInput.ProcessType && row.Status == ProcessStatus.Running)
            .Select(row => new { row.SubjectId, row.CausedBy })
            .ToListAsync(cancellationToken);
        foreach (var process in running)
        {
            if (isSuspended)
                await sagas.PauseAsync(context.TenantId, process.SubjectId, cancellationToken);
            else
                await sagas.GoOnAsync(context.TenantId, process.SubjectId, process.CausedBy, cancellationToken);
        }
    }
}
