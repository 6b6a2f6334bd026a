using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Platform.Benchmarks;

/// <summary>One turn: requests a second and latencies.</summary>
internal sealed record Turn(double PerSecond, double P50, double P95, int Failures);

/// <summary>A closed loop: each connection sends its next request when the last is answered.</summary>
internal sealed class LoadGenerator(Uri address, Func<string?> token) : IDisposable
{
    private static int _sequence;
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64, UseProxy = false });

    public async Task<Turn> RunAsync(HttpMethod method, int connections, TimeSpan length)
    {
        var deadline = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        var results = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => LoopAsync(method, deadline))));
        var latencies = results.SelectMany(result => result.Latencies).Order().ToList();
        return new Turn(latencies.Count / length.TotalSeconds, Quantiles.Of(latencies, .5), Quantiles.Of(latencies, .95), results.Sum(result => result.Failures));
    }

    public void Dispose() => _http.Dispose();

    private async Task<(List<double> Latencies, int Failures)> LoopAsync(HttpMethod method, long deadline)
    {
        var latencies = new List<double>();
        var failures = 0;
        while (Stopwatch.GetTimestamp() < deadline)
        {
            var started = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(method, address);
            if (token() is { } bearer)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            if (method == HttpMethod.Post)
                request.Content = new StringContent(Person(), Encoding.UTF8, "application/json");
            using var response = await _http.SendAsync(request);
            await response.Content.ReadAsByteArrayAsync();
            if (response.IsSuccessStatusCode)
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            else
                failures++;
        }

        return (latencies, failures);
    }

    private static string Person()
    {
        var number = Interlocked.Increment(ref _sequence);
        return $$"""{"firstName":"Bench","lastName":"Mark {{number}}","email":"b{{Environment.ProcessId}}-{{DateTime.UtcNow.Ticks:x}}-{{number}}@bench.example"}""";
    }
}
