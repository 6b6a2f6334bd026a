using System.Collections.Concurrent;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Identity.Brokering;

/// <summary>
/// The keys with which providers of OpenID Connect sign, kept for a while. Anybody may send a token in a provider's name: none of them
/// makes this server call a provider more often than once in a pause.
/// </summary>
internal sealed partial class ProviderKeys(IHttpClientFactory clients, TimeProvider time, ILogger<ProviderKeys> logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Reading> _readings = new(StringComparer.Ordinal);

    /// <summary>The keys at the address; null while they cannot be read.</summary>
    /// <param name="again">A key is missing among those that are known: there may be new ones.</param>
    public Task<JsonWebKeySet?> GetAsync(string address, bool again)
    {
        var now = time.GetUtcNow();
        return _readings.AddOrUpdate(address, _ => New(address, now), (_, known) => IsOver(known, now, again) ? New(address, now) : known).Keys.Value;
    }

    private static bool IsOver(Reading reading, DateTimeOffset now, bool again) => now - reading.BegunAt >= Fresh
        || now - reading.BegunAt >= Pause && (again || reading.Keys.Value is { IsCompletedSuccessfully: true, Result: null });

    private Reading New(string address, DateTimeOffset now) => new(now, new(() => ReadAsync(address)));

    private async Task<JsonWebKeySet?> ReadAsync(string address)
    {
        try
        {
            using var http = clients.CreateClient(BrokerClient.HttpClient);
            return new JsonWebKeySet(await http.GetStringAsync(new Uri(address)));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or ArgumentException or InvalidOperationException)
        {
            LogUnreadable(logger, address, exception.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys at {Address} cannot be read: {Error}")]
    private static partial void LogUnreadable(ILogger logger, string address, string error);

    private sealed record Reading(DateTimeOffset BegunAt, Lazy<Task<JsonWebKeySet?>> Keys);
}
