using System.Data.Common;
using Grpc.Core;
using Platform.DurableTask;
using Platform.Sidecar.State;
using Platform.Sidecar.Workflow.Core;

namespace Platform.Sidecar.Workflow.Engine;

/// <summary>What clients ask of workflows. Each call returns when what it did is durable.</summary>
internal sealed class WorkflowOperations(WorkflowEngine engine)
{
    private const int DefaultPage = 1024;

    public async Task Start(AppWorkflows app, CreateInstanceRequest request, CancellationToken cancellationToken)
    {
        var started = HistoryEvents.New(engine.Now);
        started.Router = new TaskRouter { SourceAppID = app.App.Id };
        started.ExecutionStarted = new ExecutionStartedEvent
        {
            Name = request.Name,
            Version = request.Version,
            Input = request.Input,
            WorkflowInstance = new WorkflowInstance
            {
                InstanceId = request.InstanceId,
                ExecutionId = request.ExecutionId ?? Guid.CreateVersion7().ToString(),
            },
            ScheduledStartTimestamp = request.ScheduledStartTimestamp,
            ParentTraceContext = request.ParentTraceContext,
            Tags = { request.Tags },
        };
        await Settled(app, request.InstanceId, instance =>
            instance.IsOpen ? throw WorkflowErrors.AlreadyActive(request.InstanceId) : engine.Begin(instance, started, null));
        if (request.ScheduledStartTimestamp is null)
            await WaitFor(app, request.InstanceId, status => status != OrchestrationStatus.Pending, cancellationToken);
    }

    public Task<GetInstanceResponse> Get(AppWorkflows app, GetInstanceRequest request) =>
        engine.With(app, request.InstanceId, instance => instance.State.Describe(request.GetInputsAndOutputs));

    public Task<GetInstanceResponse> WaitForStart(AppWorkflows app, GetInstanceRequest request, CancellationToken cancellationToken) =>
        WaitFor(app, request.InstanceId, status => status is not (null or OrchestrationStatus.Pending), cancellationToken, request.GetInputsAndOutputs);

    public Task<GetInstanceResponse> WaitForCompletion(AppWorkflows app, GetInstanceRequest request, CancellationToken cancellationToken) =>
        WaitFor(app, request.InstanceId, IsFinal, cancellationToken, request.GetInputsAndOutputs);

    public Task Raise(AppWorkflows app, RaiseEventRequest request)
    {
        var raised = HistoryEvents.New(engine.Now);
        raised.EventRaised = new EventRaisedEvent { Name = request.Name, Input = request.Input };
        return Tell(app, request.InstanceId, raised, refuseStalled: true);
    }

    public async Task Terminate(AppWorkflows app, TerminateRequest request, CancellationToken cancellationToken)
    {
        var terminated = HistoryEvents.New(engine.Now);
        terminated.ExecutionTerminated = new ExecutionTerminatedEvent { Input = request.Output, Recurse = request.Recursive };
        await Tell(app, request.InstanceId, terminated);
        await WaitFor(app, request.InstanceId, status => status is null || IsFinal(status), cancellationToken);
    }

    public async Task Suspend(AppWorkflows app, SuspendRequest request, CancellationToken cancellationToken)
    {
        var suspended = HistoryEvents.New(engine.Now);
        suspended.ExecutionSuspended = new ExecutionSuspendedEvent { Input = request.Reason };
        await Tell(app, request.InstanceId, suspended);
        await WaitFor(app, request.InstanceId, status => status is null or OrchestrationStatus.Suspended || IsFinal(status), cancellationToken);
    }

    public async Task Resume(AppWorkflows app, ResumeRequest request, CancellationToken cancellationToken)
    {
        var resumed = HistoryEvents.New(engine.Now);
        resumed.ExecutionResumed = new ExecutionResumedEvent { Input = request.Reason };
        await Tell(app, request.InstanceId, resumed);
        await WaitFor(app, request.InstanceId, status => status is null or OrchestrationStatus.Running || IsFinal(status), cancellationToken);
    }

    /// <summary>Deletes an instance and, if asked, its children first. Returns how many were deleted.</summary>
    public async Task<int> Purge(AppWorkflows app, string id, bool recursive, bool force)
    {
        var children = await engine.With(app, id, instance =>
            !instance.State.Exists ? throw WorkflowErrors.NotPurged("failed to lookup instance: no such instance exists")
            : instance.IsOpen && !force ? throw WorkflowErrors.NotPurged("orchestration has not yet completed")
            : ChildrenOf(instance.State));
        var count = 1;
        if (recursive)
        {
            foreach (var (childApp, childId) in children)
                count += engine.Of(childApp) is { } owner && await Exists(owner, childId) ? await Purge(owner, childId, recursive, force) : 0;
        }

        await Settled(app, id, engine.Purge);
        return count;
    }

    public async Task<string> Rerun(AppWorkflows app, RerunWorkflowFromEventRequest request)
    {
        var source = request.SourceInstanceID;
        var newId = request.HasNewInstanceID && request.NewInstanceID.Length > 0 ? request.NewInstanceID : Guid.NewGuid().ToString();
        if (newId == source)
            throw WorkflowErrors.Of(StatusCode.InvalidArgument, "rerun workflow instance ID must be different from the original instance ID");
        var (state, children) = await engine.With(app, source, instance => Repeat(instance.State, request, newId));
        await Settled(app, newId, instance => instance.State.Exists
            ? throw WorkflowErrors.Of(StatusCode.AlreadyExists, $"workflow '{newId}' has already been created")
            : engine.Adopt(instance, state));
        foreach (var child in children)
        {
            if (engine.Of(child.AppId) is { } owner)
                await Settled(owner, child.InstanceId, instance => instance.IsOpen ? Task.CompletedTask : engine.Begin(instance, child.Event, null));
        }

        return newId;
    }

    public static async Task<ListInstanceIDsResponse> List(AppWorkflows app, ListInstanceIDsRequest request, CancellationToken cancellationToken)
    {
        var size = request is { HasPageSize: true, PageSize: > 0 } ? (int)Math.Min(request.PageSize, DefaultPage) : DefaultPage;
        var after = request.HasContinuationToken ? request.ContinuationToken : null;
        var page = await Page(app, after, size, cancellationToken);
        var response = new ListInstanceIDsResponse { InstanceIds = { page.Keys.Select(app.Keys.IdOfMetadata) } };
        if (page.Next is not null)
            response.ContinuationToken = page.Next;
        return response;
    }

    public Task<GetInstanceHistoryResponse> History(AppWorkflows app, string id) => engine.With(app, id, instance => instance.State.Exists
        ? new GetInstanceHistoryResponse { Events = { instance.State.History } }
        : throw WorkflowErrors.Of(StatusCode.NotFound, $"workflow instance '{id}' not found"));

    private Task Tell(AppWorkflows app, string id, HistoryEvent entry, bool refuseStalled = false) => Settled(app, id, instance =>
        !instance.State.Exists ? throw WorkflowErrors.NoSuchInstance()
        : refuseStalled && instance.State.IsStalled ? throw WorkflowErrors.Stalled()
        : engine.Deliver(instance, entry));

    private async Task Settled(AppWorkflows app, string id, Func<Instance, Task> step)
    {
        var durable = await engine.With(app, id, step);
        await durable;
    }

    private static async Task<KeyPage> Page(AppWorkflows app, string? after, int size, CancellationToken cancellationToken)
    {
        try
        {
            return await app.Store.KeysLike(app.Keys.MetadataPattern, after, size, cancellationToken);
        }
        catch (FormatException)
        {
            throw WorkflowErrors.BadToken();
        }
        catch (DbException away)
        {
            throw WorkflowErrors.StoreAway(away);
        }
    }

    private async Task<bool> Exists(AppWorkflows app, string id) => await engine.With(app, id, instance => instance.State.Exists);

    private async Task<GetInstanceResponse> WaitFor(
        AppWorkflows app, string id, Func<OrchestrationStatus?, bool> reached, CancellationToken cancellationToken, bool withData = false)
    {
        var instance = await engine.With(app, id, found =>
        {
            found.Pins++;
            return found;
        });
        try
        {
            while (true)
            {
                Task changed;
                lock (engine.Gate)
                {
                    if (reached(instance.DurableStatus))
                        return instance.State.Describe(withData);
                    changed = instance.Changed;
                }

                await changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            lock (engine.Gate)
            {
                instance.Pins--;
                app.Evict(instance);
            }
        }
    }

    private (InstanceState State, IReadOnlyList<Message> Children) Repeat(InstanceState source, RerunWorkflowFromEventRequest request, string newId)
    {
        if (!source.Exists)
            throw WorkflowErrors.Of(StatusCode.NotFound, $"workflow instance does not exist with ID '{source.InstanceId}'");
        if (source.Completed is null)
            throw WorkflowErrors.Of(StatusCode.InvalidArgument, $"'{source.InstanceId}' is not in a terminal state");
        if (source.Started?.ParentInstance is not null)
            throw WorkflowErrors.Of(StatusCode.InvalidArgument, $"'{source.InstanceId}': cannot rerun from child-workflows");
        return Core.Rerun.Build(source, request, newId, engine.Now);
    }

    private static List<(string App, string Id)> ChildrenOf(InstanceState state) =>
    [
        .. state.History.Where(entry => entry.ChildWorkflowInstanceCreated is not null).Select(entry => (
            entry.Router.TargetOr(state.AppId),
            entry.ChildWorkflowInstanceCreated.InstanceId)),
    ];

    private static bool IsFinal(OrchestrationStatus? status) => status is OrchestrationStatus.Completed or OrchestrationStatus.Failed
        or OrchestrationStatus.Terminated or OrchestrationStatus.Canceled;
}
