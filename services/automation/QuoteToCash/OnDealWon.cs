using Platform.Automation.Processes;
using Platform.Deals.V1;
using Platform.Events;

namespace Platform.Automation.QuoteToCash;

internal static class OnDealWon
{
    /// <summary>Starts the process of the deal, once: the row and the instance both have the deal's id. That of a suspended company starts when it is resumed.</summary>
    public static async Task Handle(DealWon message, EventContext context, AutomationDbContext db, CancellationToken cancellationToken)
    {
        var dealId = Guid.Parse(message.Deal.Id);
        var now = context.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var held = await db.FindHeldAsync(cancellationToken);
        if (await ProcessRows.TryStartAsync(db, QuoteToCashInput.ProcessType, QuoteToCashInput.SubjectType, dealId, now, context.CausedBy, cancellationToken) && held is null)
            await context.Services.GetRequiredService<SagaInstances>().StartAsync(context.TenantId, dealId, context.CausedBy, cancellationToken);
    }
}
