using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.DurableTask;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Workflow.Engine;

namespace Platform.Sidecar.Workflow.Management;

/// <summary>What the older workflow API does, for both protocols, on the same engine as the durable-task service.</summary>
internal sealed class WorkflowRequests(WorkflowEngine engine, WorkflowOperations operations)
{
    private const string StartTime = "dapr.workflow.start_time";

    /// <summary>Starts a workflow, under an id that is made up where none is given; returns the id.</summary>
    public async Task<string> Start(SidecarApp app, StartedWorkflow start, CancellationToken cancellationToken)
    {
        if (start.Name.Length == 0)
            throw WorkflowApiErrors.NoName.AsException();
        var id = start.Id.Length > 0 ? start.Id : Guid.NewGuid().ToString();
        Check(id);
        var request = new CreateInstanceRequest { InstanceId = id, Name = start.Name, Input = start.Input, ScheduledStartTimestamp = StartOf(start) };
        await Run("START", "starting", start.Name, async () => await operations.Start(Of(app), request, cancellationToken));
        return id;
    }

    /// <summary>Null when there is no such workflow.</summary>
    public async Task<WorkflowState?> Find(SidecarApp app, string id)
    {
        CheckGiven(id);
        GetInstanceResponse? found = null;
        await Run("GET", "getting", id, async () => found = await operations.Get(Of(app), new GetInstanceRequest { InstanceId = id, GetInputsAndOutputs = true }));
        return found!.Exists ? found.WorkflowState : null;
    }

    public Task Raise(SidecarApp app, string id, string eventName, string? data)
    {
        if (eventName.Length == 0)
            throw WorkflowApiErrors.NoEventName.AsException();
        return Change(id, "RAISE_EVENT", "raising event on", () => operations.Raise(Of(app), new RaiseEventRequest { InstanceId = id, Name = eventName, Input = data }));
    }

    public Task Terminate(SidecarApp app, string id, CancellationToken cancellationToken) =>
        Change(id, "TERMINATE", "terminating", () => operations.Terminate(Of(app), new TerminateRequest { InstanceId = id, Recursive = true }, cancellationToken));

    public Task Pause(SidecarApp app, string id, CancellationToken cancellationToken) =>
        Change(id, "PAUSE", "pausing", () => operations.Suspend(Of(app), new SuspendRequest { InstanceId = id }, cancellationToken));

    public Task Resume(SidecarApp app, string id, CancellationToken cancellationToken) =>
        Change(id, "RESUME", "resuming", () => operations.Resume(Of(app), new ResumeRequest { InstanceId = id }, cancellationToken));

    public async Task Purge(SidecarApp app, string id)
    {
        if (await Find(app, id) is null)
            throw WorkflowApiErrors.NotFound(id).AsException();
        await Run("PURGE", "purging", id, () => operations.Purge(Of(app), id, recursive: true, force: false));
    }

    /// <summary>What the API tells of a workflow beside its name, status and times.</summary>
    public static IEnumerable<KeyValuePair<string, string>> PropertiesOf(WorkflowState state) => new (string Name, string? Value)[]
    {
        ("dapr.workflow.input", state.Input),
        ("dapr.workflow.output", state.Output),
        ("dapr.workflow.custom_status", state.CustomStatus),
        ("dapr.workflow.failure.error_type", state.FailureDetails?.ErrorType),
        ("dapr.workflow.failure.error_message", state.FailureDetails?.ErrorMessage),
        ("dapr.workflow.failure.stack_trace", state.FailureDetails?.StackTrace),
    }.Where(property => !string.IsNullOrEmpty(property.Value)).Select(property => KeyValuePair.Create(property.Name, property.Value!));

    /// <summary>RUNNING, COMPLETED, CONTINUED_AS_NEW …</summary>
    public static string StatusOf(WorkflowState state) =>
        string.Concat(state.WorkflowStatus.ToString().Select((letter, index) => index > 0 && char.IsUpper(letter) ? $"_{letter}" : char.ToUpperInvariant(letter).ToString()));

    private static Task Change(string id, string call, string doing, Func<Task> change)
    {
        CheckGiven(id);
        return Run(call, doing, id, change);
    }

    private static async Task Run(string call, string doing, string what, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (RpcException error) when (error.Status.Detail == WorkflowErrors.NoSuch)
        {
            throw WorkflowApiErrors.NotFound(what).AsException(error);
        }
        catch (RpcException error)
        {
            throw WorkflowApiErrors.Failed(call, doing, what, error.Status.Detail).AsException(error);
        }
    }

    private static Timestamp? StartOf(StartedWorkflow start) =>
        !start.Options.TryGetValue(StartTime, out var text) ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment.ToTimestamp()
        : throw WorkflowApiErrors.Failed("START", "starting", start.Name, $"{StartTime} '{text}' is no time of RFC 3339").AsException();

    private static void CheckGiven(string id)
    {
        if (id.Length == 0)
            throw WorkflowApiErrors.NoId.AsException();
    }

    private static void Check(string id)
    {
        if (id.Length > WorkflowApiErrors.LongestId)
            throw WorkflowApiErrors.IdTooLong.AsException();
        if (!id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
            throw WorkflowApiErrors.BadId(id).AsException();
    }

    private AppWorkflows Of(SidecarApp app) => engine.Of(app.Id) ?? throw WorkflowErrors.NoStore();
}

/// <summary>A workflow that is to start; an empty id is made up.</summary>
internal sealed record StartedWorkflow(string Id, string Name, string? Input, IReadOnlyDictionary<string, string> Options);
