using System.Diagnostics;
using Dapr.Workflow.Tests.Harness;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Workflow.Worker;
using Xunit;

namespace Dapr.Workflow.Tests;

/// <summary>What workflows do, against the real sidecar on the real database.</summary>
public sealed class BehaviourTests(BehaviourTests.Shared shared) : IClassFixture<BehaviourTests.Shared>
{
    private readonly DaprWorkflowClient _client = shared.Client;

    [Fact]
    public async Task Activities_in_a_row_pass_their_results_on()
    {
        var state = await RunAsync(nameof(ChainWorkflow), 4);
        Assert.Equal(WorkflowRuntimeStatus.Completed, state.RuntimeStatus);
        Assert.Equal(7, state.ReadOutputAs<int>());
        Assert.Equal(4, state.ReadInputAs<int>());
        Assert.Equal(nameof(ChainWorkflow), state.WorkflowName);
        Assert.True(state.LastUpdatedAt >= state.CreatedAt);
    }

    [Fact]
    public async Task Activities_side_by_side_are_all_waited_for()
    {
        var state = await RunAsync(nameof(FanOutWorkflow), 20);
        Assert.Equal(2 * 2870, state.ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_failing_activity_is_retried_with_growing_waits()
    {
        var state = await RunAsync(nameof(RetryWorkflow), 3);
        Assert.Equal(WorkflowRuntimeStatus.Completed, state.RuntimeStatus);
        Assert.True(state.ReadOutputAs<TimeSpan>() >= TimeSpan.FromMilliseconds(700), $"waited {state.ReadOutputAs<TimeSpan>()}");
    }

    [Fact]
    public async Task Retries_end_with_the_activitys_failure()
    {
        var state = await RunAsync(nameof(RetryWorkflow), 100);
        Assert.Equal(WorkflowRuntimeStatus.Failed, state.RuntimeStatus);
        Assert.Equal("Task failed: not yet", state.FailureDetails?.ErrorMessage);
        Assert.True(state.FailureDetails?.IsCausedBy<WorkflowTaskFailedException>());
    }

    [Fact]
    public async Task A_timer_does_not_fire_early()
    {
        var state = await RunAsync("Sleep", TimeSpan.FromMilliseconds(350));
        Assert.InRange(state.ReadOutputAs<TimeSpan>(), TimeSpan.FromMilliseconds(349), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task An_event_wakes_the_workflow_that_waits_for_it()
    {
        var id = await StartAsync(nameof(ApprovalWorkflow), TimeSpan.FromMinutes(5));
        await _client.RaiseEventAsync(id, "APPROVAL", "yes", Deadline.Token());
        Assert.Equal("yes", (await EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_that_does_not_come_in_time_is_given_up()
    {
        var state = await RunAsync(nameof(ApprovalWorkflow), TimeSpan.FromMilliseconds(200));
        Assert.Equal("timed out", state.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_childs_result_and_a_childs_failure_reach_the_parent()
    {
        var state = await RunAsync(nameof(ParentWorkflow), 1);
        Assert.Equal("4 no luck", state.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Starting_over_neither_loses_nor_doubles_events()
    {
        var id = await StartAsync(nameof(SumWorkflow), new Sum(60, 0, 0));
        await Task.WhenAll(Enumerable.Range(1, 60).Select(number => _client.RaiseEventAsync(id, "number", number, Deadline.Token())));
        Assert.Equal(1830, (await EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_suspended_workflow_goes_on_when_it_is_resumed()
    {
        var id = await StartAsync("Greet", "hello");
        await _client.SuspendWorkflowAsync(id, "lunch", Deadline.Token());
        Assert.Equal(WorkflowRuntimeStatus.Suspended, (await _client.GetWorkflowStateAsync(id, cancellation: Deadline.Token())).RuntimeStatus);
        await _client.ResumeWorkflowAsync(id, "back", Deadline.Token());
        Assert.Equal(WorkflowRuntimeStatus.Running, (await _client.GetWorkflowStateAsync(id, cancellation: Deadline.Token())).RuntimeStatus);
        await _client.RaiseEventAsync(id, "name", "world", Deadline.Token());
        Assert.Equal("hello world", (await EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Trait("only", "stand-in")]
    public async Task A_suspended_workflow_keeps_events_until_it_is_resumed()
    {
        var id = await StartAsync("Greet", "hello");
        await _client.SuspendWorkflowAsync(id, "lunch", Deadline.Token());
        await _client.RaiseEventAsync(id, "name", "world", Deadline.Token());
        var suspended = await _client.GetWorkflowStateAsync(id, cancellation: Deadline.Token());
        Assert.Equal(WorkflowRuntimeStatus.Suspended, suspended.RuntimeStatus);
        Assert.Equal("waiting", suspended.ReadCustomStatusAs<string>());

        await _client.ResumeWorkflowAsync(id, "back", Deadline.Token());
        var done = await EndAsync(id);
        Assert.Equal("hello world", done.ReadOutputAs<string>());
        Assert.Equal("done", done.ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task Terminating_a_parent_terminates_its_children()
    {
        var child = Guid.NewGuid().ToString();
        var id = await StartAsync("SpawnWaiting", child);
        await _client.WaitForWorkflowStartAsync(child, cancellation: Deadline.Token());
        await _client.TerminateWorkflowAsync(id, "enough", Deadline.Token());
        Assert.Equal(WorkflowRuntimeStatus.Terminated, (await EndAsync(id)).RuntimeStatus);
        Assert.Null((await EndAsync(id)).ReadOutputAs<string>());
        Assert.Equal(WorkflowRuntimeStatus.Terminated, (await EndAsync(child)).RuntimeStatus);
    }

    [Fact]
    public async Task Purging_deletes_a_finished_workflow_with_its_children_and_nothing_else()
    {
        var id = await StartAsync(nameof(ParentWorkflow), 1);
        await EndAsync(id);
        Assert.True(await _client.PurgeInstanceAsync(id, Deadline.Token()));
        Assert.False((await _client.GetWorkflowStateAsync(id, cancellation: Deadline.Token())).Exists);
        Assert.Equal(0, await shared.RowsOfAsync(id));

        var waiting = await StartAsync("Greet", "hello");
        await Assert.ThrowsAsync<RpcException>(() => _client.PurgeInstanceAsync(waiting, Deadline.Token()));
        await Assert.ThrowsAsync<RpcException>(() => _client.PurgeInstanceAsync("unknown", Deadline.Token()));
    }

    [Fact]
    public async Task A_failure_says_what_went_wrong_and_where()
    {
        var state = await RunAsync("Failing", 0);
        Assert.Equal(WorkflowRuntimeStatus.Failed, state.RuntimeStatus);
        Assert.Equal(typeof(InvalidOperationException).FullName, state.FailureDetails?.ErrorType);
        Assert.Equal("no luck", state.FailureDetails?.ErrorMessage);
        Assert.Contains(nameof(TestWorkflows), state.FailureDetails?.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_workflow_fails()
    {
        var state = await RunAsync("NoSuchWorkflow", 0);
        Assert.Equal("WorkflowNotFound", state.FailureDetails?.ErrorType);
    }

    [Fact]
    [Trait("only", "stand-in")]
    public async Task A_workflow_that_nothing_can_wake_fails_instead_of_hanging()
    {
        var state = await RunAsync("Stuck", 0);
        Assert.Contains("nothing could ever wake it", state.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_id_is_refused_and_a_finished_one_may_run_again()
    {
        var id = await StartAsync("Greet", "hello");
        var refused = await Assert.ThrowsAsync<RpcException>(() => _client.StartInTimeAsync("Greet", "hi", id));
        Assert.Equal(StatusCode.AlreadyExists, refused.StatusCode);

        await _client.TerminateWorkflowAsync(id, cancellation: Deadline.Token());
        await _client.StartInTimeAsync(nameof(ChainWorkflow), 1, id);
        Assert.Equal(4, (await EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_workflow_can_be_started_later()
    {
        var begun = Stopwatch.GetTimestamp();
        var id = await _client.ScheduleNewWorkflowAsync(
            nameof(ChainWorkflow), null, 1, DateTimeOffset.UtcNow.AddSeconds(2), Deadline.Token());
        Assert.Equal(WorkflowRuntimeStatus.Pending, (await _client.GetWorkflowStateAsync(id, cancellation: Deadline.Token())).RuntimeStatus);
        Assert.Equal(4, (await EndAsync(id)).ReadOutputAs<int>());
        Assert.True(Stopwatch.GetElapsedTime(begun) > TimeSpan.FromMilliseconds(1990));
    }

    [Fact]
    public async Task One_workflow_can_send_an_event_to_another()
    {
        var waiting = await StartAsync("Greet", "hello");
        await EndAsync(await StartAsync("Send", waiting));
        Assert.Equal("hello from a workflow", (await EndAsync(waiting)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Activities_and_children_run_in_the_app_that_the_call_names()
    {
        var state = await RunAsync("Abroad", 5);
        Assert.Equal(20, state.ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_replay_safe_logger_says_each_thing_once_and_identifiers_are_stable()
    {
        var word = Guid.NewGuid().ToString();
        var state = await RunAsync("Telling", word);
        Assert.Equal(1, shared.Log.CountOf($"{word} begins"));
        Assert.Equal(1, shared.Log.CountOf($"{word} ends"));
        var parts = state.ReadOutputAs<string>()!.Split(' ');
        Assert.NotEqual(parts[0], parts[1]);
        Assert.Equal('5', parts[0][14]);
        Assert.Equal("True", parts[2]);
    }

    [Fact]
    public async Task History_and_lists_show_what_there_is()
    {
        var id = await StartAsync(nameof(ChainWorkflow), 1);
        await EndAsync(id);
        var history = await _client.GetInstanceHistoryAsync(id, Deadline.Token());
        Assert.Equal(3, history.Count(entry => entry.EventType == Client.WorkflowHistoryEventType.TaskCompleted));
        Assert.Equal(Client.WorkflowHistoryEventType.ExecutionCompleted, history[^1].EventType);

        var ids = new List<string>();
        string? token = null;
        do
        {
            var page = await _client.ListInstanceIdsAsync(token, 5, Deadline.Token());
            ids.AddRange(page.InstanceIds);
            token = page.ContinuationToken;
        }
        while (token is not null);
        Assert.Single(ids, id);
    }

    [Fact]
    public async Task A_finished_workflow_can_be_run_again_from_one_of_its_events()
    {
        var id = await StartAsync(nameof(ChainWorkflow), 1);
        await EndAsync(id);
        var again = await _client.RerunWorkflowFromEventAsync(
            id, 1, new Client.RerunWorkflowFromEventOptions { Input = 100, OverwriteInput = true }, Deadline.Token());
        Assert.Equal(102, (await EndAsync(again)).ReadOutputAs<int>());
        var missing = await Assert.ThrowsAsync<RpcException>(() => _client.RerunWorkflowFromEventAsync(id, 77, cancellation: Deadline.Token()));
        Assert.Equal(StatusCode.NotFound, missing.StatusCode);
    }

    private async Task<WorkflowState> RunAsync(string workflow, object? input) => await EndAsync(await StartAsync(workflow, input));

    private Task<string> StartAsync(string workflow, object? input) => _client.StartInTimeAsync(workflow, input);

    private Task<WorkflowState> EndAsync(string id) => _client.WaitForWorkflowCompletionAsync(id, cancellation: Deadline.Token());

    /// <summary>One sidecar, and one worker in this process, for all facts.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        private Installation? _installation;

        public DaprWorkflowClient Client { get; private set; } = null!;

        public WorkLog Log { get; } = new(null);

        public async ValueTask InitializeAsync()
        {
            _installation = await Installation.CreateAsync();
            await _installation.StartHostAsync(TestWorkflows.RegisterAbroad, app: Installation.OtherApp);
            var host = await _installation.StartHostAsync(TestWorkflows.Register, Log);
            Client = host.Services.GetRequiredService<DaprWorkflowClient>();
        }

        public Task<long> RowsOfAsync(string id) => _installation!.CountRowsAsync(id);

        public async ValueTask DisposeAsync()
        {
            if (_installation is not null)
                await _installation.DisposeAsync();
        }
    }
}
