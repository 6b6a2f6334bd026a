using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Spectre.Console;

namespace Platform.Benchmarks.Sidecar;

/// <summary>
/// <c>pubsub</c>: events through one sidecar and the embedded broker, from the publishing call to the app's answer. First as many as
/// go, in bulks as an outbox relay publishes them; then a tenth of that one by one, for the time that an event takes.
/// </summary>
internal static class PubSubLoad
{
    private const int BulkSize = 50;
    private const int Publishers = 4;
    private const int MostUnderWay = 2000;

    public static async Task<int> RunAsync(string postgres, TimeSpan length, CancellationToken cancellationToken)
    {
        await using var sidecar = await SidecarUnderTest.StartAsync(postgres, apps: 1, withAppPorts: true, cancellationToken);
        await using var app = new Receiver();
        await app.StartAsync(sidecar.Apps[0].AppPort, cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64, UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{sidecar.Apps[0].HttpPort}") };
        await Warm(http, app, cancellationToken);
        var most = await Throughput(http, app, length, cancellationToken);
        var steady = await Latency(http, app, most / 10, length, cancellationToken);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("load", "events/s", "p50 ms", "p95 ms", "p99 ms");
        table.AddRow("bulks of 50, 4 publishers", F(most), "", "", "");
        table.AddRow("one by one, a tenth", F(steady.Count / length.TotalSeconds), F(Quantiles.Of(steady, .5)), F(Quantiles.Of(steady, .95)), F(Quantiles.Of(steady, .99)));
        AnsiConsole.Write(table);
        return 0;
    }

    private static async Task Warm(HttpClient http, Receiver app, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (app.Count < 2000)
        {
            try
            {
                await PublishBulk(http, patience.Token);
            }
            catch (HttpRequestException)
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
        }

        // What came before the app had subscribed went to nobody; the rest is to be over.
        using var quiet = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var last = -1; last != app.Count; await quiet.WaitForNextTickAsync(patience.Token))
            last = app.Count;
        app.Begin();
    }

    // Publishers wait while much is under way: what is counted has been published and delivered within the time.
    private static async Task<double> Throughput(HttpClient http, Receiver app, TimeSpan length, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var published = 0;
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
            while (Stopwatch.GetElapsedTime(started) < length)
            {
                if (published - app.Count > MostUnderWay)
                {
                    await timer.WaitForNextTickAsync(cancellationToken);
                    continue;
                }

                Interlocked.Add(ref published, BulkSize);
                await PublishBulk(http, cancellationToken);
            }
        }, cancellationToken)));
        using var end = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (app.Count < published)
            await end.WaitForNextTickAsync(cancellationToken);
        return published / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<List<double>> Latency(HttpClient http, Receiver app, double perSecond, TimeSpan length, CancellationToken cancellationToken)
    {
        app.Begin();
        var started = Stopwatch.GetTimestamp();
        var pending = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        for (var sent = 0; Stopwatch.GetElapsedTime(started) < length; await timer.WaitForNextTickAsync(cancellationToken))
        {
            for (var due = (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond); sent < due; sent++)
                pending.Add(PublishOne(http, cancellationToken));
        }

        await Task.WhenAll(pending);
        while (app.Latencies.Count < pending.Count)
            await timer.WaitForNextTickAsync(cancellationToken);
        return [.. app.Latencies.Order()];
    }

    private static async Task PublishBulk(HttpClient http, CancellationToken cancellationToken)
    {
        var key = Random.Shared.Next();
        var entries = Enumerable.Range(0, BulkSize).Select(i => string.Create(CultureInfo.InvariantCulture,
            $$$"""{"entryId":"{{{i}}}","contentType":"application/json","event":{{{Event()}}},"metadata":{"partitionKey":"{{{key % 1000}}}"}}"""));
        using var content = new StringContent($"[{string.Join(',', entries)}]", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/v1.0/publish/bulk/pubsub/load", content, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private static async Task PublishOne(HttpClient http, CancellationToken cancellationToken)
    {
        using var content = new StringContent(Event(), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/v1.0/publish/pubsub/load", content, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private static string Event() => string.Create(CultureInfo.InvariantCulture, $$"""{"at":{{Stopwatch.GetTimestamp()}},"text":"{{Filling}}"}""");

    private static string F(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static readonly string Filling = new('x', 200);

    /// <summary>The app: it counts, and notes how long each event was on its way.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private int _count;
        private WebApplication? _host;

        public int Count => _count;

        /// <summary>Counts anew.</summary>
        public void Begin()
        {
            _count = 0;
            Latencies.Clear();
        }

        public ConcurrentBag<double> Latencies { get; } = [];

        public Task StartAsync(int port, CancellationToken cancellationToken)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
            _host = builder.Build();
            _host.MapGet("/dapr/subscribe", () => Results.Text("""[{"pubsubname":"pubsub","topic":"load","route":"/load"}]""", "application/json"));
            _host.MapPost("/load", Take);
            return _host.StartAsync(cancellationToken);
        }

        private async Task Take(HttpContext context)
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            var at = body.IndexOf("\"at\":", StringComparison.Ordinal) + 5;
            var sent = long.Parse(body.AsSpan(at, body.IndexOf(',', at) - at), CultureInfo.InvariantCulture);
            Latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            Interlocked.Increment(ref _count);
        }

        public async ValueTask DisposeAsync()
        {
            if (_host is not null)
                await _host.DisposeAsync();
        }
    }
}
