using Dapr.Workflow;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Platform.Automation.Processes;
using Platform.Deals.V1;
using Platform.Events;

namespace Platform.Automation.QuoteToCash;

internal static class OnDealWon
{
    /// <summary>Starts the process of the deal, once: the row and the instance both have the deal's id.</summary>
    public static async Task Handle(DealWon message, EventContext context, AutomationDbContext db, CancellationToken cancellationToken)
    {
        var dealId = Guid.Parse(message.Deal.Id);
        var now = context.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (await ProcessRows.TryStartAsync(db, QuoteToCashInput.ProcessType, QuoteToCashInput.SubjectType, dealId, now, cancellationToken))
            await StartAsync(context, dealId, cancellationToken);
    }

    private static async Task StartAsync(EventContext context, Guid dealId, CancellationToken cancellationToken)
    {
        var options = context.Services.GetRequiredService<IOptions<SagaOptions>>().Value;
        var input = new QuoteToCashInput(context.TenantId, dealId, options.EmailTries, options.EmailRetryDelay, options.EmailTimeout, options.StepAttempts, context.CausedBy);
        try
        {
            await context.Services.GetRequiredService<DaprWorkflowClient>().ScheduleNewWorkflowAsync(
                nameof(QuoteToCashWorkflow), QuoteToCashInput.InstanceId(context.TenantId, dealId), input, startTime: null, cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
        {
            // An earlier delivery started it and was cut off before its transaction was committed.
        }
    }
}
