using System.Globalization;
using System.Text.Json;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Observability;
using Platform.Sidecar.Resiliency;

namespace Platform.Sidecar.State;

/// <summary>One item of a save or a transaction as the API received it.</summary>
internal readonly record struct StateItemRequest(
    string Key, ReadOnlyMemory<byte>? Value, string? ETag, StateConcurrency Concurrency, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Whether the value came as JSON.</summary>
    public bool IsJson { get; init; }
}

/// <summary>What the state API does, for both protocols.</summary>
internal static class StateRequests
{
    public const string Ttl = "ttlInSeconds";
    public const string TtlExpireTime = "ttlExpireTime";

    /// <returns>The entry with the caller's key, or null where there is none.</returns>
    public static async Task<StateEntry?> Get(SidecarApp app, string store, string key, CancellationToken cancellationToken)
    {
        var found = await GetMany(app, store, [key], StateCall.Get, cancellationToken);
        return found.TryGetValue(key, out var entry) ? entry : null;
    }

    public static async Task<IReadOnlyDictionary<string, StateEntry>> GetMany(
        SidecarApp app, string store, IReadOnlyList<string> keys, StateCall call, CancellationToken cancellationToken)
    {
        var appStore = AppStateStore.Of(app, store);
        string[] stored = [.. keys.Select(appStore.Key)];
        if (stored.Length == 0)
            return new Dictionary<string, StateEntry>();
        var entries = await Guard(app, call, store, keys[0], token => appStore.Store.Get(stored, token), cancellationToken);
        return entries.Select(entry => entry with { Key = appStore.Original(entry.Key) }).ToDictionary(entry => entry.Key);
    }

    public static async Task Change(
        SidecarApp app, string store, IEnumerable<StateItemRequest> items, StateCall call, CancellationToken cancellationToken)
    {
        var appStore = AppStateStore.Of(app, store);
        var requests = items.ToArray();
        await Guard(app, call, store, requests.FirstOrDefault().Key, async token =>
        {
            await appStore.Store.Transact([.. requests.Select(item => ToChange(appStore, item))], token);
            return true;
        }, cancellationToken);
    }

    public static IReadOnlyDictionary<string, string> ResponseMetadata(StateEntry entry) => entry.ExpiresAt is { } expires
        ? new Dictionary<string, string> { [TtlExpireTime] = expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) }
        : new Dictionary<string, string>();

    private static StateChange ToChange(AppStateStore store, StateItemRequest item) => new(store.Key(item.Key), item.Value)
    {
        ETag = item.ETag is { Length: > 0 } etag ? etag : null,
        FirstWrite = item is { Concurrency: StateConcurrency.FirstWrite, Value: not null, ETag: null or "" },
        Concurrency = item.Concurrency,
        TimeToLive = TimeToLive(item.Metadata),
        IsJson = item.IsJson || (item is { Value: { } value } && IsJson(item.Metadata) && IsWellFormed(value)),
    };

    private static bool IsJson(IReadOnlyDictionary<string, string> metadata) =>
        metadata.Any(pair => pair.Key.Equals("contentType", StringComparison.OrdinalIgnoreCase) && pair.Value.StartsWith("application/json", StringComparison.OrdinalIgnoreCase));

    private static bool IsWellFormed(ReadOnlyMemory<byte> value)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static TimeSpan? TimeToLive(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(Ttl, out var text) || text.Length == 0)
            return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) || seconds < -1)
            throw new FormatException($"error parsing TTL: invalid value for ttlInSeconds: {text}");
        return TimeSpan.FromSeconds(seconds);
    }

    private static async Task<T> Guard<T>(
        SidecarApp app, StateCall call, string store, string? key, Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await app.Metrics.Measure(Metric.States, Metric.StateLatency, store, Name(call), () =>
                app.Resiliency.Outbound(ComponentKind.Statestore, store).Run(operation, cancellationToken));
        }
        catch (Exception error) when (error is not DaprException && !cancellationToken.IsCancellationRequested)
        {
            throw StateErrors.Failed(call, store, key, error).AsException(error);
        }
    }

    private static string Name(StateCall call) => call switch
    {
        StateCall.Get => "get",
        StateCall.BulkGet => "bulk_get",
        StateCall.Save => "set",
        StateCall.Delete => "delete",
        _ => "transaction",
    };
}
