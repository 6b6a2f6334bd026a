using System.Diagnostics;
using Dapr.Common.Serialization;
using Dapr.Workflow.Client;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.DurableTask;
using Service = Platform.DurableTask.TaskHubSidecarService.TaskHubSidecarServiceClient;

namespace Dapr.Workflow;

/// <summary>Starts workflows and steers them, through the sidecar's durable-task service.</summary>
public sealed class DaprWorkflowClient : IDaprWorkflowClient
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private readonly Service _service;
    private readonly IDaprSerializer _serializer;
    private readonly IDisposable? _owned;

    /// <param name="owned">What is disposed with the client; null where the channel is shared.</param>
    internal DaprWorkflowClient(CallInvoker invoker, IDaprSerializer serializer, IDisposable? owned = null)
    {
        _service = new Service(invoker);
        _serializer = serializer;
        _owned = owned;
    }

    /// <inheritdoc/>
    public Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId = null, object? input = null) =>
        ScheduleNewWorkflowAsync(name, instanceId, input, (DateTimeOffset?)null);

    /// <inheritdoc/>
    public Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId, object? input, DateTime? startTime) =>
        ScheduleNewWorkflowAsync(name, instanceId, input, startTime is { } moment ? new DateTimeOffset(moment) : (DateTimeOffset?)null);

    /// <inheritdoc/>
    public async Task<string> ScheduleNewWorkflowAsync(
        string name, string? instanceId, object? input, DateTimeOffset? startTime, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var request = new CreateInstanceRequest
        {
            InstanceId = string.IsNullOrEmpty(instanceId) ? Guid.NewGuid().ToString("D") : instanceId,
            Name = name,
            Input = Serialize(input),
            ScheduledStartTimestamp = startTime is { } moment ? Timestamp.FromDateTimeOffset(moment) : null,
            ParentTraceContext = CurrentTrace(),
        };
        return (await _service.StartInstanceAsync(request, cancellationToken: cancellation)).InstanceId;
    }

    /// <inheritdoc/>
    public async Task<WorkflowState> GetWorkflowStateAsync(
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default)
    {
        try
        {
            var response = await _service.GetInstanceAsync(Query(instanceId, getInputsAndOutputs), cancellationToken: cancellation);
            return new WorkflowState(response, _serializer);
        }
        catch (RpcException missing) when (missing.StatusCode == StatusCode.NotFound)
        {
            return new WorkflowState(new GetInstanceResponse(), _serializer);
        }
    }

    /// <inheritdoc/>
    public Task<WorkflowState> WaitForWorkflowStartAsync(
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default) =>
        WaitAsync(_service.WaitForInstanceStartAsync, Query(instanceId, getInputsAndOutputs), cancellation);

    /// <inheritdoc/>
    public Task<WorkflowState> WaitForWorkflowCompletionAsync(
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default) =>
        WaitAsync(_service.WaitForInstanceCompletionAsync, Query(instanceId, getInputsAndOutputs), cancellation);

    /// <inheritdoc/>
    public async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var request = new RaiseEventRequest { InstanceId = instanceId, Name = eventName, Input = Serialize(eventPayload) };
        await _service.RaiseEventAsync(request, cancellationToken: cancellation);
    }

    /// <inheritdoc/>
    public async Task TerminateWorkflowAsync(string instanceId, object? output = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var request = new TerminateRequest { InstanceId = instanceId, Output = Serialize(output), Recursive = true };
        await _service.TerminateInstanceAsync(request, cancellationToken: cancellation);
    }

    /// <inheritdoc/>
    public async Task SuspendWorkflowAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await _service.SuspendInstanceAsync(new SuspendRequest { InstanceId = instanceId, Reason = reason }, cancellationToken: cancellation);
    }

    /// <inheritdoc/>
    public async Task ResumeWorkflowAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await _service.ResumeInstanceAsync(new ResumeRequest { InstanceId = instanceId, Reason = reason }, cancellationToken: cancellation);
    }

    /// <inheritdoc/>
    public async Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var request = new PurgeInstancesRequest { InstanceId = instanceId, Recursive = true };
        return (await _service.PurgeInstancesAsync(request, cancellationToken: cancellation)).DeletedInstanceCount > 0;
    }

    /// <inheritdoc/>
    public async Task<WorkflowInstancePage> ListInstanceIdsAsync(
        string? continuationToken = null, int? pageSize = null, CancellationToken cancellation = default)
    {
        var request = new ListInstanceIDsRequest();
        if (continuationToken is not null)
            request.ContinuationToken = continuationToken;
        if (pageSize is { } size)
            request.PageSize = checked((uint)size);
        var page = await _service.ListInstanceIDsAsync(request, cancellationToken: cancellation);
        return new WorkflowInstancePage([.. page.InstanceIds], page.HasContinuationToken ? page.ContinuationToken : null);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WorkflowHistoryEvent>> GetInstanceHistoryAsync(string instanceId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var request = new GetInstanceHistoryRequest { InstanceId = instanceId };
        var history = await _service.GetInstanceHistoryAsync(request, cancellationToken: cancellation);
        return [.. history.Events.Select(entry => entry.ToPublic())];
    }

    /// <inheritdoc/>
    public async Task<string> RerunWorkflowFromEventAsync(
        string sourceInstanceId, uint eventId, RerunWorkflowFromEventOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceInstanceId);
        var request = new RerunWorkflowFromEventRequest { SourceInstanceID = sourceInstanceId, EventID = eventId };
        if (options?.NewInstanceId is { } newId)
            request.NewInstanceID = newId;
        if (options is { OverwriteInput: true })
        {
            request.OverwriteInput = true;
            request.Input = Serialize(options.Input);
        }

        return (await _service.RerunWorkflowFromEventAsync(request, cancellationToken: cancellation)).NewInstanceID;
    }

    /// <inheritdoc/>
    public void Dispose() => _owned?.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static GetInstanceRequest Query(string instanceId, bool withData)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return new GetInstanceRequest { InstanceId = instanceId, GetInputsAndOutputs = withData };
    }

    /// <summary>A wait may outlive a connection or a sidecar, so it is asked again until the caller gives up.</summary>
    private async Task<WorkflowState> WaitAsync(
        Func<GetInstanceRequest, Metadata?, DateTime?, CancellationToken, AsyncUnaryCall<GetInstanceResponse>> call,
        GetInstanceRequest request,
        CancellationToken cancellation)
    {
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                return new WorkflowState(await call(request, null, null, cancellation), _serializer);
            }
            catch (RpcException lost) when (lost.StatusCode is StatusCode.DeadlineExceeded or StatusCode.Unavailable
                && !cancellation.IsCancellationRequested)
            {
                await Task.Delay(wait, cancellation);
            }
            catch (RpcException cancelled) when (cancelled.StatusCode == StatusCode.Cancelled && cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancelled.Message, cancelled, cancellation);
            }
        }
    }

    private string Serialize(object? value) => value is null ? "" : _serializer.Serialize(value, value.GetType());

    private static TraceContext? CurrentTrace() => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } activity
        ? new TraceContext { TraceParent = id, TraceState = activity.TraceStateString }
        : null;
}
