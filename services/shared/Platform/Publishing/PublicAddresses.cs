using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Platform.Caching;
using Platform.Tenancy.Placements;

namespace Platform.Publishing;

/// <summary>
/// Looks up whose page an address is, across companies; what is not public is not among them. The answer is kept for some seconds, so that
/// readers of one page ask once: it names nothing but the company and what is shown, which is asked itself whether it is public.
/// </summary>
public sealed partial class PublicAddresses : IDisposable
{
    private const string Kind = "public-address";
    private const string Find = $"SELECT tenant_id, target_id FROM {PublicAddress.Table} WHERE address_hash = $1";
    private const int MostKept = 10_000;

    private static readonly TimeSpan FoundLives = TimeSpan.FromSeconds(10);

    // Somebody who has just opened a page wants to see it.
    private static readonly TimeSpan UnknownLives = TimeSpan.FromSeconds(5);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });
    private readonly WorkPlaces _places;
    private readonly ReplicaSignal _signal;
    private readonly ILogger _logger;

    /// <summary>Begins with nothing.</summary>
    /// <param name="places">Where rows of all companies are.</param>
    /// <param name="signal">Tells other replicas what has changed.</param>
    /// <param name="logger">Is told of databases that do not answer.</param>
    public PublicAddresses(WorkPlaces places, ReplicaSignal signal, ILogger<PublicAddresses> logger)
    {
        (_places, _signal, _logger) = (places, signal, logger);
        signal.On(Kind, (_, key) => _kept.Remove(key), _kept.Clear);
    }

    /// <summary>The company and what its page shows; null where nobody has a page there, or more than one company says that it has. What became public is found at once where <see cref="ForgetAsync"/> says so, otherwise after 5 seconds at most.</summary>
    /// <param name="address">As it was written down: <c>kb/acme</c>.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<(Guid Tenant, Guid Target)?> FindAsync(string address, CancellationToken cancellationToken)
    {
        var (hash, key) = (PublicAddress.HashOf(address), KeyOf(address));
        if (_kept.TryGetValue(key, out var known))
            return ((Guid Tenant, Guid Target)?)known;
        var (rows, _) = await _places.AllRowsAcrossTenantsAsync(
            PublicAddress.Table, Find, [hash], row => (Tenant: row.GetGuid(0), Target: row.GetGuid(1)), failure => LogPassedOver(_logger, failure.Message), cancellationToken);
        (Guid Tenant, Guid Target)? found = rows.Distinct().ToList() is [var only] ? only : null;
        // Whoever tries addresses fills the memory with what is not there: that goes first.
        _kept.Set(key, (object?)found, new MemoryCacheEntryOptions
        {
            Size = 1,
            AbsoluteExpirationRelativeToNow = found is null ? UnknownLives : FoundLives,
            Priority = found is null ? CacheItemPriority.Low : CacheItemPriority.Normal,
        });
        return found;
    }

    /// <summary>Says that an address has become a page or is none any more, once that is saved: every replica asks again.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="address">As it was written down.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public Task ForgetAsync(Guid tenant, string address, CancellationToken cancellationToken) => _signal.SendAsync(Kind, tenant, cancellationToken, KeyOf(address));

    private static string KeyOf(string address) => Convert.ToHexString(PublicAddress.HashOf(address));

    /// <inheritdoc />
    public void Dispose() => _kept.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database of a company did not say which pages it shows ({Reason}): they are as if they were not there")]
    private static partial void LogPassedOver(ILogger logger, string reason);
}
