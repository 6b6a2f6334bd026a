using Dapr.Workflow;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Platform.Automation.QuoteToCash;

namespace Platform.Automation.Signups;

/// <summary>Starts the workflow of a sign-up, once.</summary>
internal sealed class SignupStarter(DaprWorkflowClient workflows, IOptions<SagaOptions> options)
{
    public async Task StartAsync(SignupId id, CancellationToken cancellationToken)
    {
        try
        {
            await workflows.ScheduleNewWorkflowAsync(
                nameof(SignupWorkflow), SignupInput.InstanceId(id), new SignupInput(id.Owner, id.Id, options.Value.StepAttempts), startTime: null, cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
        {
            // It runs.
        }
    }
}
