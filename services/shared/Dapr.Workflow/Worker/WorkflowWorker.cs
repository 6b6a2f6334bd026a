using System.Collections.Concurrent;
using Dapr.Common.Serialization;
using Dapr.Workflow.Worker.Replay;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.DurableTask;
using Service = Platform.DurableTask.TaskHubSidecarService.TaskHubSidecarServiceClient;

namespace Dapr.Workflow.Worker;

/// <summary>
/// Takes work from the sidecar and does it, as much at a time as the options allow. It connects again, ever more slowly, when the
/// sidecar goes away; at the end it takes nothing new and finishes what it has.
/// </summary>
internal sealed partial class WorkflowWorker(
    SidecarConnection connection,
    IWorkflowsFactory factory,
    WorkflowRuntimeOptions options,
    IServiceScopeFactory scopes,
    IDaprSerializer serializer,
    ILoggerFactory loggers,
    TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly Service _service = new(connection.Invoker);
    private readonly SemaphoreSlim _workflowSlots = new(options.MaxConcurrentWorkflows);
    private readonly SemaphoreSlim _activitySlots = new(options.MaxConcurrentActivities);
    private readonly WorkInProgress _inProgress = new();
    private readonly ConcurrentDictionary<(string?, int, string, string), bool> _activities = new();
    private readonly ILogger _logger = loggers.CreateLogger<WorkflowWorker>();
    private string? _lastReason;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _inProgress.Completed.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        _workflowSlots.Dispose();
        _activitySlots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A process that only starts workflows must not take work away from those that run them.
        if (options.IsEmpty)
            return;

        for (var wait = FirstWait; !stoppingToken.IsCancellationRequested;)
        {
            var received = await ReceiveAsync(stoppingToken);
            wait = received ? FirstWait : wait * 2 < LongestWait ? wait * 2 : LongestWait;
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Works until the stream ends. True when the sidecar was reached.</summary>
    private async Task<bool> ReceiveAsync(CancellationToken stopping)
    {
        var reached = false;
        try
        {
            using var stream = _service.GetWorkItems(new GetWorkItemsRequest(), cancellationToken: stopping);
            await stream.ResponseHeadersAsync.WaitAsync(stopping);
            reached = true;
            LogConnected();
            await foreach (var item in stream.ResponseStream.ReadAllAsync(stopping))
                Accept(item, stopping);
        }
        catch (Exception lost)
        {
            // Whatever it was, a worker that gives up would leave its workflows standing. One reason is told once, not at every try.
            if (!stopping.IsCancellationRequested && (reached || lost.Message != _lastReason))
                LogDisconnected(_lastReason = lost.Message);
        }

        return reached;
    }

    private void Accept(WorkItem item, CancellationToken stopping)
    {
        if (item.RequestCase == WorkItem.RequestOneofCase.WorkflowRequest)
            _inProgress.Add(() => RunWorkflowAsync(item, stopping));
        else if (item.RequestCase == WorkItem.RequestOneofCase.ActivityRequest)
            _inProgress.Add(() => RunActivityAsync(item, stopping));
    }

    private async Task RunWorkflowAsync(WorkItem item, CancellationToken stopping)
    {
        var request = item.WorkflowRequest;
        await _workflowSlots.WaitAsync(stopping);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var response = WorkflowTurn.Run(request, factory, scope.ServiceProvider, serializer, loggers);
            await AnswerAsync(response, failure => WorkflowTurn.Fail(request, failure), SendAsync, stopping);
        }
        catch (Exception failure)
        {
            // The sidecar hands the turn out again.
            LogTurnLost(request.InstanceId, failure.Message);
        }
        finally
        {
            _workflowSlots.Release();
        }

        async Task SendAsync(WorkflowResponse response)
        {
            response.CompletionToken = item.CompletionToken;
            await _service.CompleteOrchestratorTaskAsync(response, cancellationToken: CancellationToken.None);
        }
    }

    private async Task RunActivityAsync(WorkItem item, CancellationToken stopping)
    {
        var request = item.ActivityRequest;
        // A sidecar that lost the connection hands out again what is still being done here; the first answer will do for both.
        var key = (request.WorkflowInstance?.InstanceId, request.TaskId, request.TaskExecutionId, item.CompletionToken);
        if (!_activities.TryAdd(key, true))
            return;
        try
        {
            await RunActivityOnceAsync(item, stopping);
        }
        finally
        {
            _activities.TryRemove(key, out _);
        }
    }

    private async Task RunActivityOnceAsync(WorkItem item, CancellationToken stopping)
    {
        var request = item.ActivityRequest;
        await _activitySlots.WaitAsync(stopping);
        try
        {
            var response = await ActivityCall.RunAsync(request, factory, scopes, serializer);
            await AnswerAsync(response, failure => ActivityCall.Fail(request, failure), SendAsync, stopping);
        }
        catch (Exception failure)
        {
            LogResultLost(request.Name, failure.Message);
        }
        finally
        {
            _activitySlots.Release();
        }

        async Task SendAsync(ActivityResponse response)
        {
            response.CompletionToken = item.CompletionToken;
            await _service.CompleteActivityTaskAsync(response, cancellationToken: CancellationToken.None);
        }
    }

    /// <summary>
    /// An answer that waits for a restarting sidecar saves doing the work again. One that the sidecar refuses, for its size mostly, would
    /// be refused every time: then the failure is the answer.
    /// </summary>
    private async Task AnswerAsync<T>(T answer, Func<Exception, T> fail, Func<T, Task> send, CancellationToken stopping)
    {
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await send(answer);
                return;
            }
            catch (RpcException lost) when (lost.StatusCode == StatusCode.Unavailable && !stopping.IsCancellationRequested)
            {
                await Task.Delay(wait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (RpcException refused) when (refused.StatusCode is StatusCode.ResourceExhausted or StatusCode.InvalidArgument)
            {
                await send(fail(refused));
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Connected to the sidecar for workflow work")]
    private partial void LogConnected();

    [LoggerMessage(LogLevel.Warning, "The sidecar gives no workflow work, trying again: {Reason}")]
    private partial void LogDisconnected(string reason);

    [LoggerMessage(LogLevel.Warning, "A turn of workflow {InstanceId} could not be answered and will run again: {Reason}")]
    private partial void LogTurnLost(string instanceId, string reason);

    [LoggerMessage(LogLevel.Warning, "A result of activity {Activity} could not be delivered; it will run again: {Reason}")]
    private partial void LogResultLost(string activity, string reason);
}
