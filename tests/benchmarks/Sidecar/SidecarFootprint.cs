using Spectre.Console;

namespace Platform.Benchmarks.Sidecar;

/// <summary>The sidecar with twenty apps and nothing to do: how soon it is ready, its memory, its processor time. Linux only.</summary>
internal static class SidecarFootprint
{
    private const int AppCount = 20;
    private const int Starts = 5;

    public static async Task<int> RunAsync(string postgres, TimeSpan length, CancellationToken cancellationToken)
    {
        var ready = new List<double>();
        for (var start = 1; ; start++)
        {
            await using var sidecar = await SidecarUnderTest.StartAsync(postgres, AppCount, withAppPorts: true, cancellationToken);
            ready.Add(sidecar.ReadyAfter.TotalSeconds);
            if (start < Starts)
                continue;
            var before = sidecar.ProcessorTime;
            using (var timer = new PeriodicTimer(length))
                await timer.WaitForNextTickAsync(cancellationToken);
            var cpu = (sidecar.ProcessorTime - before) / length * 100;
            AnsiConsole.Write(new Table().Border(TableBorder.Rounded).AddColumns("apps", "ready s (median)", "PSS MiB", "% of one core")
                .AddRow($"{AppCount}", $"{Quantiles.Of([.. ready.Order()], .5):0.00}", $"{Footprint.PssMebibytes(sidecar.ProcessId):0}", $"{cpu:0.0}"));
            return 0;
        }
    }
}
