using Dapr.Conformance.Harness;
using Dapr.Workflow;
using Microsoft.Extensions.DependencyInjection;

namespace Dapr.Conformance.Workflow;

/// <summary>Workflows go on where they were.</summary>
public sealed class WorkflowRestartTests
{
    private static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(40)).Token;

    [Fact]
    public async Task Timers_and_events_outlive_a_killed_sidecar_and_a_new_worker_goes_on()
    {
        await using var database = await Database.CreateAsync();
        await using var sidecar = new Sidecar("office");
        WorkflowSetup.AddStore(sidecar, database);
        await sidecar.StartAsync();
        string sleeping, waiting;
        using (var host = await WorkflowSetup.StartWorkerAsync(sidecar, Workflows.Register))
        {
            var client = host.Services.GetRequiredService<IDaprWorkflowClient>();
            sleeping = await client.ScheduleNewWorkflowAsync("Sleep", null, 2.0);
            waiting = await client.ScheduleNewWorkflowAsync("Greet", null, "hello");
            await sidecar.Process.KillAsync();
        }

        await sidecar.StartAsync();
        using var next = await WorkflowSetup.StartWorkerAsync(sidecar, Workflows.Register);
        var again = next.Services.GetRequiredService<IDaprWorkflowClient>();
        await again.RaiseEventAsync(waiting, "Name", "again", Soon);
        Assert.Equal("hello again", (await again.WaitForWorkflowCompletionAsync(waiting, cancellation: Soon)).ReadOutputAs<string>());
        Assert.True((await again.WaitForWorkflowCompletionAsync(sleeping, cancellation: Soon)).ReadOutputAs<double>() >= 1.99);
    }
}
