using Dapr.Workflow.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Platform.Workflow.Worker;
using Xunit;

namespace Dapr.Workflow.Tests;

/// <summary>Everything at once while things are killed at random.</summary>
[Trait("category", "long")]
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Rounds = 12;
    private const int Workers = 2;

    [Fact]
    public async Task Every_workflow_ends_right_whatever_is_killed_when()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var installation = await Installation.CreateAsync();
        var workers = await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => installation.StartWorkerAsync()));
        var client = installation.Client();
        var expected = new Dictionary<string, string>();

        for (var round = 0; round < Rounds; round++)
        {
            for (var number = 0; number < 10; number++)
            {
                Expect(await client.StartWithPatienceAsync(nameof(ChainWorkflow), number), $"{number + 3}");
                Expect(await client.StartWithPatienceAsync(nameof(ParentWorkflow), number), $"\"{number + 3} no luck\"");
                Expect(await client.StartWithPatienceAsync(nameof(FanOutWorkflow), 12), "1300");
            }

            var sum = await client.StartWithPatienceAsync(nameof(SumWorkflow), new Sum(20, 0, 0));
            Expect(sum, "210");
            for (var number = 1; number <= 20; number++)
                await client.RaiseEventWithPatienceAsync(sum, "number", number);
            await PauseAsync(random);
            if (random.Next(2) == 0)
            {
                await installation.KillSidecarAsync();
                await installation.StartSidecarAsync();
            }
            else
            {
                var victim = random.Next(Workers);
                await workers[victim].DisposeAsync();
                workers[victim] = await installation.StartWorkerAsync();
            }
        }

        foreach (var (id, result) in expected)
        {
            var state = await client.WaitForWorkflowCompletionAsync(id, cancellation: Deadline.Token());
            Assert.Equal(WorkflowRuntimeStatus.Completed, state.RuntimeStatus);
            Assert.Equal(result, state.ReadOutputAs<System.Text.Json.JsonElement>().GetRawText());
        }

        foreach (var worker in workers)
            await worker.DisposeAsync();
        output.WriteLine($"{expected.Count} workflows ended right");

        void Expect(string id, string result) => expected.Add(id, result);
    }

    [Fact]
    public async Task Ten_thousand_open_workflows_wait_through_a_kill_and_end_right()
    {
        const int Open = 10_000;
        await using var installation = await Installation.CreateAsync();
        var host = await installation.StartHostAsync(TestWorkflows.Register);
        var client = host.Services.GetRequiredService<DaprWorkflowClient>();
        var ids = new string[Open];
        await EachAsync(Open, async number => ids[number] = await client.StartWithPatienceAsync(nameof(SumWorkflow), new Sum(1, 0, 0)));
        output.WriteLine($"{Open} open: the sidecar has used {installation.SidecarTime.TotalSeconds:0.0} s of processor time");

        await installation.KillSidecarAsync();
        await installation.StartSidecarAsync();
        await EachAsync(Open, number => client.RaiseEventWithPatienceAsync(ids[number], "number", number));
        await EachAsync(Open, async number =>
        {
            var state = await client.WaitForWorkflowCompletionAsync(ids[number], cancellation: Deadline.Token());
            Assert.Equal(number, state.ReadOutputAs<int>());
        });
        output.WriteLine($"restarted, woken and ended: {installation.SidecarTime.TotalSeconds:0.0} s");
    }

    private static Task EachAsync(int count, Func<int, Task> work) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, _) => await work(number));

    private static Task PauseAsync(Random random)
    {
        var until = Environment.TickCount64 + random.Next(0, 400);
        return Deadline.Until(() => Environment.TickCount64 >= until, "the moment of the kill");
    }
}
