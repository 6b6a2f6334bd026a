using Microsoft.AspNetCore.Server.Kestrel.Core;
using Spectre.Console;

namespace Platform.Benchmarks.Sidecar;

/// <summary>What one hop through the sidecar adds to a call, beside one hop through a bare YARP; both pass on to the same small app.</summary>
internal static class HopCost
{
    private const int Turns = 5;
    private static readonly int[] Connections = [1, 16];

    private const string Policy = """
        apiVersion: dapr.io/v1alpha1
        kind: Resiliency
        metadata: { name: resiliency }
        spec:
          policies: { timeouts: { answer: 30s }, retries: { briefly: { policy: constant, duration: 1s, maxRetries: 3, matching: { httpStatusCodes: "503" } } } }
          targets: { apps: { app-1: { timeout: answer, retry: briefly } } }
        """;

    public static async Task<int> RunAsync(string postgres, TimeSpan length, CancellationToken cancellationToken)
    {
        await using var plain = await SidecarUnderTest.StartAsync(postgres, apps: 2, withAppPorts: true, cancellationToken);
        await using var strict = await SidecarUnderTest.StartAsync(postgres, apps: 1, withAppPorts: true, cancellationToken, Policy);
        // The load speaks HTTP/1.1, the hops speak HTTP/2 to the app, as between the platform's services.
        await using var app = await StartAppAsync([plain.Apps[0].AppPort, strict.Apps[0].AppPort], plain.Apps[1].AppPort, cancellationToken);
        using var yarp = await YarpHop.StartAsync(plain.Apps[0].AppPort, cancellationToken);
        Side[] sides =
        [
            new("no hop", $"http://127.0.0.1:{plain.Apps[1].AppPort}/small", () => default),
            new("YARP", $"{yarp.Address}/small", () => yarp.ProcessorTime),
            new("sidecar", $"http://127.0.0.1:{plain.Apps[0].HttpPort}/v1.0/invoke/app-1/method/small", () => plain.ProcessorTime),
            new("sidecar, policy", $"http://127.0.0.1:{strict.Apps[0].HttpPort}/v1.0/invoke/app-1/method/small", () => strict.ProcessorTime),
        ];
        var table = new Table().Border(TableBorder.Rounded).AddColumns("at once", "way", "calls/s", "p50 ms", "p50 added ms", "p95 ms", "hop CPU µs a call", "failures");
        var failures = 0;
        foreach (var connections in Connections)
            failures += await MeasureAsync(sides, connections, length, table);
        AnsiConsole.Write(table);
        return failures == 0 ? 0 : 1;
    }

    // Turn by turn, so that what else the machine does hits all of them.
    private static async Task<int> MeasureAsync(Side[] sides, int connections, TimeSpan length, Table table)
    {
        var results = sides.ToDictionary(side => side, _ => new List<(Turn Turn, double Cpu)>());
        for (var turn = 0; turn <= Turns; turn++)
        {
            foreach (var side in sides)
            {
                using var load = new LoadGenerator(new Uri(side.Address), () => null);
                var before = side.ProcessorTime();
                var result = await load.RunAsync(HttpMethod.Get, connections, length);
                // The first turn warms up.
                if (turn > 0)
                    results[side].Add((result, (side.ProcessorTime() - before).TotalMicroseconds / Math.Max(1, result.PerSecond * length.TotalSeconds)));
            }
        }

        var direct = Median(results[sides[0]].Select(result => result.Turn.P50));
        foreach (var (side, turns) in results)
        {
            var p50 = Median(turns.Select(result => result.Turn.P50));
            table.AddRow($"{connections}", side.Name, $"{Median(turns.Select(result => result.Turn.PerSecond)):0}", $"{p50:0.000}", $"{p50 - direct:0.000}",
                $"{Median(turns.Select(result => result.Turn.P95)):0.000}", $"{Median(turns.Select(result => result.Cpu)):0}", $"{turns.Sum(result => result.Turn.Failures)}");
        }

        return results.Values.SelectMany(turns => turns).Sum(result => result.Turn.Failures);
    }

    private static async Task<WebApplication> StartAppAsync(int[] ports, int direct, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Array.ForEach(ports, port => kestrel.ListenLocalhost(port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
            kestrel.ListenLocalhost(direct, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.MapGet("/small", () => "a small answer");
        await app.StartAsync(cancellationToken);
        return app;
    }

    private static double Median(IEnumerable<double> values) => Quantiles.Of([.. values.Order()], .5);

    private sealed record Side(string Name, string Address, Func<TimeSpan> ProcessorTime);
}
