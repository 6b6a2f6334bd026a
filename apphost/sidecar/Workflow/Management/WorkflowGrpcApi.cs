using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Workflow.Management;

/// <summary>The workflow RPCs of the Dapr service, which older packages call, under both of their names.</summary>
internal sealed class WorkflowGrpcApi(WorkflowRequests requests) : DaprApi
{
    public async Task<StartWorkflowResponse> StartWorkflowBeta1(StartWorkflowRequest request, ServerCallContext context) => new()
    {
        InstanceId = await requests.Start(
            context.App(), new StartedWorkflow(request.InstanceId, request.WorkflowName, Text(request.Input), request.Options), context.CancellationToken),
    };

    public async Task<GetWorkflowResponse> GetWorkflowBeta1(GetWorkflowRequest request, ServerCallContext context)
    {
        if (await requests.Find(context.App(), request.InstanceId) is not { } state)
            return new GetWorkflowResponse();
        var response = new GetWorkflowResponse
        {
            InstanceId = state.InstanceId,
            WorkflowName = state.Name,
            CreatedAt = state.CreatedTimestamp,
            LastUpdatedAt = state.LastUpdatedTimestamp,
            RuntimeStatus = WorkflowRequests.StatusOf(state),
        };
        foreach (var (name, value) in WorkflowRequests.PropertiesOf(state))
            response.Properties[name] = value;
        return response;
    }

    public Task<Empty> RaiseEventWorkflowBeta1(RaiseEventWorkflowRequest request, ServerCallContext context) =>
        Done(requests.Raise(context.App(), request.InstanceId, request.EventName, Text(request.EventData)));

    public Task<Empty> TerminateWorkflowBeta1(TerminateWorkflowRequest request, ServerCallContext context) =>
        Done(requests.Terminate(context.App(), request.InstanceId, context.CancellationToken));

    public Task<Empty> PauseWorkflowBeta1(PauseWorkflowRequest request, ServerCallContext context) =>
        Done(requests.Pause(context.App(), request.InstanceId, context.CancellationToken));

    public Task<Empty> ResumeWorkflowBeta1(ResumeWorkflowRequest request, ServerCallContext context) =>
        Done(requests.Resume(context.App(), request.InstanceId, context.CancellationToken));

    public Task<Empty> PurgeWorkflowBeta1(PurgeWorkflowRequest request, ServerCallContext context) =>
        Done(requests.Purge(context.App(), request.InstanceId));

    public Task<StartWorkflowResponse> StartWorkflowAlpha1(StartWorkflowRequest request, ServerCallContext context) => StartWorkflowBeta1(request, context);

    public Task<GetWorkflowResponse> GetWorkflowAlpha1(GetWorkflowRequest request, ServerCallContext context) => GetWorkflowBeta1(request, context);

    public Task<Empty> RaiseEventWorkflowAlpha1(RaiseEventWorkflowRequest request, ServerCallContext context) => RaiseEventWorkflowBeta1(request, context);

    public Task<Empty> TerminateWorkflowAlpha1(TerminateWorkflowRequest request, ServerCallContext context) => TerminateWorkflowBeta1(request, context);

    public Task<Empty> PauseWorkflowAlpha1(PauseWorkflowRequest request, ServerCallContext context) => PauseWorkflowBeta1(request, context);

    public Task<Empty> ResumeWorkflowAlpha1(ResumeWorkflowRequest request, ServerCallContext context) => ResumeWorkflowBeta1(request, context);

    public Task<Empty> PurgeWorkflowAlpha1(PurgeWorkflowRequest request, ServerCallContext context) => PurgeWorkflowBeta1(request, context);

    private static async Task<Empty> Done(Task work)
    {
        await work;
        return new Empty();
    }

    private static string? Text(ByteString bytes) => bytes.IsEmpty ? null : bytes.ToStringUtf8();
}
