using System.Globalization;
using Dapr.Workflow;
using Microsoft.EntityFrameworkCore;
using Platform.Automation.V1;
using Platform.Events;

namespace Platform.Automation.QuoteToCash;

/// <summary>Passes word of an e-mail on to the saga that waits for it.</summary>
internal static class EmailWord
{
    public static async Task PassOnAsync(EventContext context, string sourceType, string sourceId, EmailOutcome outcome, CancellationToken cancellationToken)
    {
        if (sourceType != QuoteToCashInput.ProcessType || sourceId.Split(':') is not [var deal, var attempt] || !Guid.TryParse(deal, out var dealId))
            return;
        // The process is looked up in the event's own tenant: a made-up source reaches nobody else's saga.
        var db = context.Services.GetRequiredService<AutomationDbContext>();
        if (!await db.Processes.AnyAsync(row => row.SubjectId == dealId && row.Type == QuoteToCashInput.ProcessType && row.Status == ProcessStatus.Running, cancellationToken))
            return;
        await context.Services.GetRequiredService<DaprWorkflowClient>().RaiseEventAsync(
            QuoteToCashInput.InstanceId(dealId), QuoteToCashInput.EmailEvent(int.Parse(attempt, CultureInfo.InvariantCulture)), outcome, cancellationToken);
    }
}
