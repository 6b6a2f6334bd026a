using System.Diagnostics;
using Dapr.Workflow.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Platform.Workflow.Worker;
using Xunit;

namespace Dapr.Workflow.Tests;

/// <summary>What is accepted ends right, whatever is killed meanwhile.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Count = 100;

    [Fact]
    public async Task A_killed_sidecar_goes_on_where_it_was()
    {
        await using var installation = await Installation.CreateAsync();
        await using var worker = await installation.StartWorkerAsync();
        var client = installation.Client();
        var ids = await StartAllAsync(installation, client);

        await installation.KillSidecarAsync();
        await installation.StartSidecarAsync();

        await AssertAllEndRightAsync(installation, client, ids);
    }

    [Fact]
    public async Task A_killed_workers_work_is_done_by_the_next_one()
    {
        await using var installation = await Installation.CreateAsync();
        var client = installation.Client();
        List<string> ids;
        await using (var worker = await installation.StartWorkerAsync())
        {
            ids = await StartAllAsync(installation, client);
            await worker.KillAsync();
        }

        await using var next = await installation.StartWorkerAsync();
        await AssertAllEndRightAsync(installation, client, ids);
    }

    [Fact]
    public async Task A_database_that_drops_its_connections_delays_and_spoils_nothing()
    {
        await using var installation = await Installation.CreateAsync();
        await using var worker = await installation.StartWorkerAsync();
        var client = installation.Client();
        var ids = await StartAllAsync(installation, client);

        for (var time = 0; time < 20; time++)
        {
            await installation.DropConnectionsAsync();
            var seen = installation.WorkLines().Count;
            await Deadline.Until(() => installation.WorkLines().Count is var now && (now > seen || now >= Count * 3), "work goes on");
        }

        await AssertAllEndRightAsync(installation, client, ids);
    }

    [Fact]
    public async Task Timers_events_and_children_survive_a_killed_sidecar()
    {
        await using var installation = await Installation.CreateAsync();
        await using var worker = await installation.StartWorkerAsync();
        var client = installation.Client();
        var sleeping = await client.StartInTimeAsync("Sleep", TimeSpan.FromSeconds(1));
        var waiting = await client.StartInTimeAsync("Greet", "hello");
        var later = await client.ScheduleNewWorkflowAsync(
            nameof(ChainWorkflow), null, 1, DateTimeOffset.UtcNow.AddSeconds(1), Deadline.Token());
        var summing = await client.StartInTimeAsync(nameof(SumWorkflow), new Sum(30, 0, 0));
        await Task.WhenAll(Enumerable.Range(1, 15).Select(number => client.RaiseEventAsync(summing, "number", number, Deadline.Token())));
        var parent = await client.StartInTimeAsync("SpawnWaiting", $"{waiting}-child");
        await client.WaitForWorkflowStartAsync($"{waiting}-child", cancellation: Deadline.Token());

        await installation.KillSidecarAsync();
        await installation.StartSidecarAsync();

        await client.RaiseEventWithPatienceAsync(waiting, "name", "world");
        await client.RaiseEventWithPatienceAsync($"{waiting}-child", "name", "child");
        foreach (var number in Enumerable.Range(16, 15))
            await client.RaiseEventWithPatienceAsync(summing, "number", number);
        Assert.Equal("hello world", (await EndAsync(client, waiting)).ReadOutputAs<string>());
        Assert.Equal("x child", (await EndAsync(client, parent)).ReadOutputAs<string>());
        Assert.Equal(465, (await EndAsync(client, summing)).ReadOutputAs<int>());
        Assert.Equal(4, (await EndAsync(client, later)).ReadOutputAs<int>());
        Assert.True((await EndAsync(client, sleeping)).ReadOutputAs<TimeSpan>() >= TimeSpan.FromSeconds(0.99));
    }

    [Fact]
    public async Task Throughput_of_three_activity_workflows_is_printed()
    {
        await using var installation = await Installation.CreateAsync();
        var host = await installation.StartHostAsync(TestWorkflows.Register);
        var client = host.Services.GetRequiredService<DaprWorkflowClient>();
        await RunManyAsync(client, 100);

        const int Measured = 1000;
        var before = installation.SidecarTime;
        var begun = Stopwatch.GetTimestamp();
        await RunManyAsync(client, Measured);
        var time = Stopwatch.GetElapsedTime(begun);
        output.WriteLine(
            $"{Measured} workflows of three activities in {time.TotalSeconds:0.00} s: {Measured / time.TotalSeconds:0} a second; "
            + $"the sidecar used {(installation.SidecarTime - before).TotalMilliseconds / Measured:0.0} ms of processor time for each");
    }

    private static async Task RunManyAsync(DaprWorkflowClient client, int count) =>
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, token) =>
        {
            var id = await client.StartInTimeAsync(nameof(ChainWorkflow), number);
            var state = await client.WaitForWorkflowCompletionAsync(id, cancellation: token);
            Assert.Equal(number + 3, state.ReadOutputAs<int>());
        });

    /// <summary>Starts many and returns when some of their activities have run and others have not.</summary>
    private static async Task<List<string>> StartAllAsync(Installation installation, DaprWorkflowClient client)
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, Count).Select(number => client.StartInTimeAsync(nameof(ChainWorkflow), number)));
        await Deadline.Until(() => installation.WorkLines().Count > Count / 2, "the first activities have run");
        return [.. ids];
    }

    private async Task AssertAllEndRightAsync(Installation installation, DaprWorkflowClient client, List<string> ids)
    {
        for (var number = 0; number < ids.Count; number++)
        {
            var state = await EndAsync(client, ids[number]);
            Assert.Equal(number + 3, state.ReadOutputAs<int>());
            var history = await client.GetInstanceHistoryAsync(ids[number], Deadline.Token());
            Assert.Equal(3, history.Count(entry => entry.EventType == Client.WorkflowHistoryEventType.TaskCompleted));
        }

        var lines = installation.WorkLines();
        Assert.Equal(Count * 3, lines.Distinct().Count());
        output.WriteLine($"{lines.Count} activity runs for {Count * 3} activities");
    }

    private static Task<WorkflowState> EndAsync(DaprWorkflowClient client, string id) =>
        client.WaitForWorkflowCompletionAsync(id, cancellation: Deadline.Token());
}
