using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.Invocation;

namespace Platform.Gateway.Limits;

/// <summary>The buckets that all gateways share, as rows of Dapr's state store: what is left, and when that was.</summary>
internal sealed partial class SharedBuckets(HttpClient sidecar, TimeProvider time, ILogger<SharedBuckets> logger)
{
    private const string Store = $"/v1.0/state/{DaprNames.StateStore}";
    private const int Attempts = 5;
    private long _toldAt;

    /// <summary>Takes what this gateway let through; what is left for all of them, or null where nobody could be asked.</summary>
    public async Task<double?> TakeAsync(string tenant, long requests, int perMinute)
    {
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var (left, version) = await ReadAsync(tenant, perMinute);
                left = Math.Max(left - requests, -perMinute);
                if (await TryWriteAsync(tenant, left, version))
                    return left;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or System.Text.Json.JsonException)
        {
            TellOnceAMinute(exception);
        }

        return null;
    }

    private static string KeyOf(string tenant) => $"requests-{tenant}";

    private async Task<(double Left, string? Version)> ReadAsync(string tenant, int perMinute)
    {
        using var response = await sidecar.GetAsync(new Uri($"{Store}/{KeyOf(tenant)}", UriKind.Relative));
        response.EnsureSuccessStatusCode();
        if (response.StatusCode == HttpStatusCode.NoContent || !response.Headers.NonValidated.TryGetValues("ETag", out var version))
            return (perMinute, null);
        return (await response.Content.ReadFromJsonAsync<string>() ?? "").Split(' ') is [var left, var at]
            && double.TryParse(left, CultureInfo.InvariantCulture, out var tokens) && long.TryParse(at, CultureInfo.InvariantCulture, out var milliseconds)
            ? (Math.Min(perMinute, tokens + (Math.Max(0, Now() - milliseconds) * perMinute / 60_000.0)), version.ToString())
            : (perMinute, version.ToString());
    }

    private async Task<bool> TryWriteAsync(string tenant, double left, string? version)
    {
        var item = new JsonObject
        {
            ["key"] = KeyOf(tenant),
            ["value"] = string.Create(CultureInfo.InvariantCulture, $"{left:0.###} {Now()}"),
            ["options"] = new JsonObject { ["concurrency"] = "first-write", ["consistency"] = "strong" },
            // A bucket that nobody took from for so long is full.
            ["metadata"] = new JsonObject { ["ttlInSeconds"] = "180" },
        };
        if (version is not null)
            item["etag"] = version;
        using var response = await sidecar.PostAsJsonAsync(new Uri(Store, UriKind.Relative), new JsonArray(item));
        return response.IsSuccessStatusCode;
    }

    // Every busy company finds it out every second.
    private void TellOnceAMinute(Exception exception)
    {
        var (now, last) = (time.GetTimestamp(), Interlocked.Read(ref _toldAt));
        if ((last == 0 || time.GetElapsedTime(last, now) >= TimeSpan.FromMinutes(1)) && Interlocked.CompareExchange(ref _toldAt, now, last) == last)
            LogAlone(logger, exception.Message);
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The requests of companies are counted by each gateway alone, because the state store cannot be reached: {Reason}")]
    private static partial void LogAlone(ILogger logger, string reason);
}
