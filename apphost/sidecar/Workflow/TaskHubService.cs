using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.DurableTask;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Workflow.Dispatch;
using Platform.Sidecar.Workflow.Engine;

namespace Platform.Sidecar.Workflow;

/// <summary>The durable-task service of every app's sidecar: clients and workers alike.</summary>
internal sealed class TaskHubService(WorkflowEngine engine, WorkflowOperations operations, IHostApplicationLifetime lifetime)
    : TaskHubSidecarService.TaskHubSidecarServiceBase
{
    public override Task<Empty> Hello(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override Task<CreateInstanceResponse> StartInstance(CreateInstanceRequest request, ServerCallContext context) => Waiting(context, async stop =>
    {
        await operations.Start(AppOf(context), request, stop);
        return new CreateInstanceResponse { InstanceId = request.InstanceId };
    });

    public override Task<GetInstanceResponse> GetInstance(GetInstanceRequest request, ServerCallContext context) =>
        operations.Get(AppOf(context), request);

    public override Task<GetInstanceResponse> WaitForInstanceStart(GetInstanceRequest request, ServerCallContext context) =>
        Waiting(context, stop => operations.WaitForStart(AppOf(context), request, stop));

    public override Task<GetInstanceResponse> WaitForInstanceCompletion(GetInstanceRequest request, ServerCallContext context) =>
        Waiting(context, stop => operations.WaitForCompletion(AppOf(context), request, stop));

    public override async Task<RaiseEventResponse> RaiseEvent(RaiseEventRequest request, ServerCallContext context)
    {
        await operations.Raise(AppOf(context), request);
        return new RaiseEventResponse();
    }

    public override Task<TerminateResponse> TerminateInstance(TerminateRequest request, ServerCallContext context) => Waiting(context, async stop =>
    {
        await operations.Terminate(AppOf(context), request, stop);
        return new TerminateResponse();
    });

    public override Task<SuspendResponse> SuspendInstance(SuspendRequest request, ServerCallContext context) => Waiting(context, async stop =>
    {
        await operations.Suspend(AppOf(context), request, stop);
        return new SuspendResponse();
    });

    public override Task<ResumeResponse> ResumeInstance(ResumeRequest request, ServerCallContext context) => Waiting(context, async stop =>
    {
        await operations.Resume(AppOf(context), request, stop);
        return new ResumeResponse();
    });

    public override async Task<PurgeInstancesResponse> PurgeInstances(PurgeInstancesRequest request, ServerCallContext context)
    {
        if (request.RequestCase != PurgeInstancesRequest.RequestOneofCase.InstanceId)
            throw WorkflowErrors.Of(StatusCode.Unimplemented, "purging by filter is not served");
        var count = await operations.Purge(AppOf(context), request.InstanceId, request.Recursive, request.Force);
        return new PurgeInstancesResponse { DeletedInstanceCount = count, IsComplete = true };
    }

    public override async Task<RerunWorkflowFromEventResponse> RerunWorkflowFromEvent(RerunWorkflowFromEventRequest request, ServerCallContext context) =>
        new() { NewInstanceID = await operations.Rerun(AppOf(context), request) };

    public override Task<ListInstanceIDsResponse> ListInstanceIDs(ListInstanceIDsRequest request, ServerCallContext context) =>
        WorkflowOperations.List(AppOf(context), request, context.CancellationToken);

    public override Task<GetInstanceHistoryResponse> GetInstanceHistory(GetInstanceHistoryRequest request, ServerCallContext context) =>
        operations.History(AppOf(context), request.InstanceId);

    public override async Task GetWorkItems(GetWorkItemsRequest request, IServerStreamWriter<WorkItem> responseStream, ServerCallContext context)
    {
        var app = AppOf(context);
        var stream = new WorkerStream();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        // The headers tell the worker that it is connected, however long there is nothing to do.
        await context.WriteResponseHeadersAsync([]);
        engine.Connect(app, stream);
        try
        {
            await foreach (var work in stream.Outgoing.ReadAllAsync(stop.Token))
            {
                if (engine.Prepare(work) is { } item)
                    await responseStream.WriteAsync(item, stop.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or InvalidOperationException or IOException && stop.IsCancellationRequested)
        {
            // The worker left, or the sidecar stops.
        }
        finally
        {
            engine.Disconnect(app, stream);
        }
    }

    public override async Task<CompleteTaskResponse> CompleteActivityTask(ActivityResponse request, ServerCallContext context)
    {
        await engine.Complete(AppOf(context), request);
        return new CompleteTaskResponse();
    }

    public override Task<CompleteTaskResponse> CompleteOrchestratorTask(WorkflowResponse request, ServerCallContext context)
    {
        engine.Complete(AppOf(context), request);
        return Task.FromResult(new CompleteTaskResponse());
    }

    public override Task<CompleteTaskResponse> CompleteWorkflowTask(WorkflowResponse request, ServerCallContext context) =>
        CompleteOrchestratorTask(request, context);

    private AppWorkflows AppOf(ServerCallContext context) => engine.Of(context.App().Id) ?? throw WorkflowErrors.NoStore();

    /// <summary>A wait ends with the call or with the sidecar; in the latter case the client asks the next sidecar again.</summary>
    private async Task<T> Waiting<T>(ServerCallContext context, Func<CancellationToken, Task<T>> wait)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            return await wait(stop.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw WorkflowErrors.Of(StatusCode.Unavailable, "the sidecar is shutting down");
        }
        catch (OperationCanceledException)
        {
            throw WorkflowErrors.Of(StatusCode.Cancelled, "the call was cancelled");
        }
    }
}
