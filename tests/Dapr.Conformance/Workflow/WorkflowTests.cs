using Dapr.Conformance.Harness;
using Dapr.Workflow;
using Dapr.Workflow.Client;
using Grpc.Core;

namespace Dapr.Conformance.Workflow;

/// <summary>Workflows of .NET (contract §1.18).</summary>
public sealed class WorkflowTests(WorkflowSetup setup) : IClassFixture<WorkflowSetup>
{
    private readonly DaprWorkflowClient _client = setup.Client;
    private readonly string _id = Guid.NewGuid().ToString();

    private static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Fact]
    public async Task Activities_follow_each_other()
    {
        var state = await RunAsync("Chain", 4);
        Assert.Equal((WorkflowRuntimeStatus.Completed, 7, 4), (state.RuntimeStatus, state.ReadOutputAs<int>(), state.ReadInputAs<int>()));
        Assert.Equal("Chain", state.WorkflowName);
        Assert.True(state.LastUpdatedAt >= state.CreatedAt);
    }

    [Fact]
    public async Task Activities_run_beside_each_other() => Assert.Equal(1275, (await RunAsync("FanOut", 50)).ReadOutputAs<int>());

    [Fact]
    public async Task A_timer_keeps_its_time() => Assert.InRange((await RunAsync("Sleep", 0.4)).ReadOutputAs<double>(), 0.399, 10);

    [Fact]
    public async Task An_event_wakes_a_workflow_that_waits()
    {
        await StartAsync("Greet", "hello");
        var waiting = await _client.GetWorkflowStateAsync(_id, cancellation: Soon);
        Assert.Equal((WorkflowRuntimeStatus.Running, "waiting"), (waiting.RuntimeStatus, waiting.ReadCustomStatusAs<string>()));
        await _client.RaiseEventAsync(_id, "name", "world", Soon);
        var done = await EndAsync(_id);
        Assert.Equal(("hello world", "greeted"), (done.ReadOutputAs<string>(), done.ReadCustomStatusAs<string>()));
    }

    [Fact]
    public async Task An_event_that_does_not_come_in_time_is_given_up() => Assert.Equal("nobody came", (await RunAsync("Impatient", 0.3)).ReadOutputAs<string>());

    [Fact]
    public async Task A_child_gives_its_result_to_its_parent() => Assert.Equal(8, (await RunAsync("Parent", 5)).ReadOutputAs<int>());

    [Fact]
    public async Task A_failure_is_told_with_its_reason()
    {
        var state = await RunAsync("Failing", "no luck");
        Assert.Equal(WorkflowRuntimeStatus.Failed, state.RuntimeStatus);
        Assert.Contains("no luck", state.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_activity_is_retried() => Assert.Equal(3, (await RunAsync("Retrying", _id)).ReadOutputAs<int>());

    [Fact]
    public async Task A_workflow_that_nobody_knows_fails() => Assert.Equal(WorkflowRuntimeStatus.Failed, (await RunAsync("NoSuchWorkflow", 1)).RuntimeStatus);

    [Fact]
    public async Task Starting_over_with_more_than_twenty_events_loses_and_doubles_none()
    {
        await StartAsync("Tally", new Tally(30, 0));
        await Task.WhenAll(Enumerable.Range(1, 30).Select(number => _client.RaiseEventAsync(_id, "number", number, Soon)));
        Assert.Equal(465, (await EndAsync(_id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_suspended_workflow_waits_with_its_events()
    {
        await StartAsync("Greet", "hello");
        await _client.SuspendWorkflowAsync(_id, "lunch", Soon);
        await _client.RaiseEventAsync(_id, "Name", "world", Soon);
        Assert.Equal(WorkflowRuntimeStatus.Suspended, (await _client.GetWorkflowStateAsync(_id, cancellation: Soon)).RuntimeStatus);
        await _client.ResumeWorkflowAsync(_id, "back", Soon);
        Assert.Equal("hello world", (await EndAsync(_id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Terminating_a_parent_terminates_its_child()
    {
        var child = Guid.NewGuid().ToString();
        await StartAsync("ParentOfWaiting", child);
        await _client.WaitForWorkflowStartAsync(child, cancellation: Soon);
        await _client.TerminateWorkflowAsync(_id, "enough", Soon);
        var parent = await EndAsync(_id);
        Assert.Equal((WorkflowRuntimeStatus.Terminated, null), (parent.RuntimeStatus, parent.ReadOutputAs<string>()));
        Assert.Equal(WorkflowRuntimeStatus.Terminated, (await EndAsync(child)).RuntimeStatus);
        await _client.TerminateWorkflowAsync(_id, "again", Soon);
    }

    [Fact]
    public async Task An_id_is_taken_while_its_workflow_runs_and_free_when_it_has_ended()
    {
        await StartAsync("Greet", "first");
        await Errors.AssertFailsAsync(() => StartAsync("Greet", "second"), StatusCode.AlreadyExists, $"an active workflow with ID '{_id}' already exists");
        await _client.RaiseEventAsync(_id, "Name", "one", Soon);
        await EndAsync(_id);
        await StartAsync("Greet", "second");
        await _client.RaiseEventAsync(_id, "Name", "two", Soon);
        Assert.Equal("second two", (await EndAsync(_id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task What_has_ended_is_purged_and_what_has_not_is_not()
    {
        await StartAsync("Greet", "x");
        await Assert.ThrowsAnyAsync<Exception>(() => _client.PurgeInstanceAsync(_id, Soon));
        await _client.RaiseEventAsync(_id, "Name", "y", Soon);
        await EndAsync(_id);
        Assert.True(await _client.PurgeInstanceAsync(_id, Soon));
        Assert.False((await _client.GetWorkflowStateAsync(_id, cancellation: Soon)).Exists);
    }

    [Fact]
    public async Task A_workflow_may_be_asked_to_start_later()
    {
        var begun = DateTimeOffset.UtcNow;
        await _client.ScheduleNewWorkflowAsync("Chain", _id, 1, begun.AddSeconds(1.5), Soon);
        Assert.Equal(4, (await EndAsync(_id)).ReadOutputAs<int>());
        Assert.True(DateTimeOffset.UtcNow - begun > TimeSpan.FromSeconds(1.4));
    }

    [Fact]
    public async Task Ids_are_listed_by_pages_and_a_history_is_read()
    {
        foreach (var number in Enumerable.Range(0, 3))
            await _client.ScheduleNewWorkflowAsync("Chain", $"{_id}-{number}", number, null, Soon);
        foreach (var number in Enumerable.Range(0, 3))
            await EndAsync($"{_id}-{number}");
        var ids = new List<string>();
        string? next = null;
        do
        {
            var page = await _client.ListInstanceIdsAsync(next, 2, Soon);
            Assert.True(page.InstanceIds.Count <= 2);
            ids.AddRange(page.InstanceIds);
            next = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(next));
        Assert.Equal(3, ids.Count(id => id.StartsWith(_id, StringComparison.Ordinal)));

        var history = await _client.GetInstanceHistoryAsync($"{_id}-0", Soon);
        Assert.Equal(3, history.Count(entry => entry.EventType == WorkflowHistoryEventType.TaskScheduled));
        Assert.Equal(3, history.Count(entry => entry.EventType == WorkflowHistoryEventType.TaskCompleted));
        await Errors.AssertFailsAsync(() => _client.GetInstanceHistoryAsync("nosuchid", Soon), StatusCode.NotFound);
    }

    [Fact]
    public async Task A_workflow_is_run_again_from_one_of_its_events()
    {
        await RunAsync("Chain", 10);
        var again = await _client.RerunWorkflowFromEventAsync(_id, 1, new RerunWorkflowFromEventOptions { NewInstanceId = $"{_id}-again", Input = 100, OverwriteInput = true }, Soon);
        Assert.Equal(102, (await EndAsync(again)).ReadOutputAs<int>());
        await Errors.AssertFailsAsync(() => _client.RerunWorkflowFromEventAsync("nosuchid", 0, cancellation: Soon), StatusCode.NotFound);
        await Errors.AssertFailsAsync(() => _client.RerunWorkflowFromEventAsync(_id, 99, cancellation: Soon), StatusCode.NotFound);
    }

    [Theory]
    [InlineData("CallsOther")]
    [InlineData("CallsOtherChild")]
    public async Task Work_may_be_another_apps(string workflow) => Assert.Equal(40, (await RunAsync(workflow, WorkflowSetup.OtherApp)).ReadOutputAs<int>());

    [Fact]
    public async Task Many_workflows_at_once_all_end_right()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => _client.ScheduleNewWorkflowAsync("Chain", null, number)));
        foreach (var (id, number) in ids.Select((id, number) => (id, number)))
            Assert.Equal(number + 3, (await EndAsync(id)).ReadOutputAs<int>());
    }

    private async Task<WorkflowState> RunAsync(string workflow, object input)
    {
        await StartAsync(workflow, input);
        return await EndAsync(_id);
    }

    private Task<string> StartAsync(string workflow, object input) => _client.ScheduleNewWorkflowAsync(workflow, _id, input, null, Soon);

    private Task<WorkflowState> EndAsync(string id) => _client.WaitForWorkflowCompletionAsync(id, cancellation: Soon);
}
