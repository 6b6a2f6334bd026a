using System.Diagnostics;
using System.Globalization;
using Dapr.Workflow;
using Spectre.Console;

namespace Platform.Benchmarks.Sidecar;

/// <summary>Workflows of three activities, from the client's start to the result that it waits for, worker and client in this process.</summary>
internal static class WorkflowRate
{
    /// <summary>Few at once come last: the runtime compiles what is hot once more for half a minute, and what comes first pays for it.</summary>
    private static readonly int[] Concurrencies = [200, 64, 16, 1];

    public static async Task<int> RunAsync(string postgres, TimeSpan length, CancellationToken cancellationToken)
    {
        await using var sidecar = await SidecarUnderTest.StartAsync(postgres, apps: 1, withAppPorts: false, cancellationToken);
        using var host = await StartWorkerAsync(sidecar.Apps[0], cancellationToken);
        var client = host.Services.GetRequiredService<DaprWorkflowClient>();
        await MeasureAsync(client, 64, TimeSpan.FromSeconds(15));

        var table = new Table().Border(TableBorder.Rounded).AddColumns("at once", "workflows/s", "p50 ms", "p95 ms", "sidecar CPU ms each", "not completed");
        var failures = 0;
        foreach (var concurrency in Concurrencies)
        {
            var before = sidecar.ProcessorTime;
            var turn = await MeasureAsync(client, concurrency, length);
            var cpu = (sidecar.ProcessorTime - before).TotalMilliseconds / Math.Max(1, turn.PerSecond * length.TotalSeconds);
            table.AddRow($"{concurrency}", $"{turn.PerSecond:0}", $"{turn.P50:0.0}", $"{turn.P95:0.0}", $"{cpu:0.00}", $"{turn.Failures}");
            failures += turn.Failures;
        }

        AnsiConsole.Write(table);
        await host.StopAsync(cancellationToken);
        return failures == 0 ? 0 : 1;
    }

    private static async Task<IHost> StartWorkerAsync(AppUnderTest app, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["DAPR_GRPC_PORT"] = app.GrpcPort.ToString(CultureInfo.InvariantCulture);
        builder.Services.AddDaprWorkflow(options =>
        {
            options.RegisterWorkflow<ThreeStepsWorkflow>();
            options.RegisterActivity<AddOneActivity>();
        });
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return host;
    }

    private static async Task<Turn> MeasureAsync(DaprWorkflowClient client, int concurrency, TimeSpan length)
    {
        var deadline = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        var begun = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(() => LoopAsync(client, deadline))));
        var latencies = results.SelectMany(result => result.Latencies).Order().ToList();
        return new Turn(latencies.Count / Stopwatch.GetElapsedTime(begun).TotalSeconds, Quantiles.Of(latencies, .5), Quantiles.Of(latencies, .95), results.Sum(result => result.Failures));
    }

    private static async Task<(List<double> Latencies, int Failures)> LoopAsync(DaprWorkflowClient client, long deadline)
    {
        var latencies = new List<double>();
        var failures = 0;
        while (Stopwatch.GetTimestamp() < deadline)
        {
            var started = Stopwatch.GetTimestamp();
            var id = await client.ScheduleNewWorkflowAsync(nameof(ThreeStepsWorkflow), input: 1);
            var state = await client.WaitForWorkflowCompletionAsync(id);
            if (state.RuntimeStatus == WorkflowRuntimeStatus.Completed && state.ReadOutputAs<int>() == 4)
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            else
                failures++;
        }

        return (latencies, failures);
    }
}

internal sealed class ThreeStepsWorkflow : Workflow<int, int>
{
    public override async Task<int> RunAsync(WorkflowContext context, int input)
    {
        for (var step = 0; step < 3; step++)
            input = await context.CallActivityAsync<int>(nameof(AddOneActivity), input);
        return input;
    }
}

internal sealed class AddOneActivity : WorkflowActivity<int, int>
{
    public override Task<int> RunAsync(WorkflowActivityContext context, int input) => Task.FromResult(input + 1);
}
