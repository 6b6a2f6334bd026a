using System.Globalization;
using Dapr.Workflow;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Platform.Automation.V1;
using Platform.Events;

namespace Platform.Automation.QuoteToCash;

/// <summary>Wakes the saga that waits for word of an e-mail. It asks for the outcome itself, so that a lost or a late word does no harm.</summary>
internal static class EmailWord
{
    public static async Task PassOnAsync(EventContext context, string sourceType, string sourceId, CancellationToken cancellationToken)
    {
        if (sourceType != QuoteToCashInput.ProcessType || sourceId.Split(':') is not [var deal, var text] || !Guid.TryParse(deal, out var dealId) || !int.TryParse(text, CultureInfo.InvariantCulture, out var attempt))
            return;
        // The process is looked up in the event's own tenant: a made-up source reaches nobody else's saga.
        var db = context.Services.GetRequiredService<AutomationDbContext>();
        if (!await db.Processes.AnyAsync(row => row.SubjectId == dealId && row.Type == QuoteToCashInput.ProcessType && row.Status == ProcessStatus.Running, cancellationToken))
            return;
        try
        {
            await context.Services.GetRequiredService<DaprWorkflowClient>().RaiseEventAsync(
                QuoteToCashInput.InstanceId(context.TenantId, dealId), QuoteToCashInput.EmailEvent(attempt), true, cancellationToken);
        }
        catch (RpcException gone) when (gone.StatusCode == StatusCode.NotFound)
        {
            // The engine has no such instance: nobody waits for the word.
        }
    }
}
