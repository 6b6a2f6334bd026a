using Dapr.Workflow;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Platform.Automation.QuoteToCash;

/// <summary>The instances of the engine that run sagas of one tenant.</summary>
internal sealed class SagaInstances(DaprWorkflowClient engine, IOptions<SagaOptions> options)
{
    /// <summary>Starts the saga of a deal; one that was started already stays as it is.</summary>
    public async Task StartAsync(Guid tenant, Guid dealId, string causedBy, CancellationToken cancellationToken)
    {
        var saga = options.Value;
        var input = new QuoteToCashInput(tenant, dealId, saga.EmailTries, saga.EmailRetryDelay, saga.EmailTimeout, saga.StepAttempts, causedBy);
        try
        {
            await engine.ScheduleNewWorkflowAsync(nameof(QuoteToCashWorkflow), QuoteToCashInput.InstanceId(tenant, dealId), input, startTime: null, cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
        {
            // An earlier delivery started it and was cut off before its transaction was committed.
        }
    }

    /// <summary>Pauses the saga: what happens to it meanwhile is kept.</summary>
    public async Task PauseAsync(Guid tenant, Guid dealId, CancellationToken cancellationToken)
    {
        var id = QuoteToCashInput.InstanceId(tenant, dealId);
        if (await StatusAsync(id, cancellationToken) is WorkflowRuntimeStatus.Running or WorkflowRuntimeStatus.Pending)
            await engine.SuspendWorkflowAsync(id, "The company is suspended.", cancellationToken);
    }

    /// <summary>Lets it go on; starts it where it had not begun.</summary>
    public async Task GoOnAsync(Guid tenant, Guid dealId, string causedBy, CancellationToken cancellationToken)
    {
        var id = QuoteToCashInput.InstanceId(tenant, dealId);
        switch (await StatusAsync(id, cancellationToken))
        {
            case null:
                await StartAsync(tenant, dealId, causedBy, cancellationToken);
                break;
            case WorkflowRuntimeStatus.Suspended:
                await engine.ResumeWorkflowAsync(id, "The company is active again.", cancellationToken);
                break;
        }
    }

    private async Task<WorkflowRuntimeStatus?> StatusAsync(string id, CancellationToken cancellationToken) =>
        await engine.GetWorkflowStateAsync(id, getInputsAndOutputs: false, cancellationToken) is { Exists: true } state ? state.RuntimeStatus : null;
}
