using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Platform.Tenancy.Placements;

/// <summary>
/// Databases of tenants that a placement names and that do not exist: dropped by hand, or not restored with the others. For some
/// seconds nothing is connected to, and the log says once a minute what is wrong: the tenant is refused, and nobody else notices.
/// </summary>
internal sealed partial class MissingDatabases(ILogger<MissingDatabases> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Sighting> _sightings = new(StringComparer.Ordinal);

    /// <summary>Whether there was any.</summary>
    public bool Any => !_sightings.IsEmpty;

    /// <summary>There was no such database. It may be one that its tenant has just left: that it is missing, its placement has to say.</summary>
    public void Note(string database) => _sightings.GetOrAdd(database, static _ => new Sighting()).SeenAt = Stopwatch.GetTimestamp();

    /// <summary>Whether there was no such database when it was last tried.</summary>
    public bool IsNoted(string database) => _sightings.ContainsKey(database);

    /// <summary>The placement names it all the same.</summary>
    public void Confirm(Guid tenant, string database)
    {
        if (!_sightings.TryGetValue(database, out var sighting))
            return;
        sighting.IsConfirmed = true;
        if (sighting.IsNews(Interval))
            LogMissing(logger, database, tenant);
    }

    /// <summary>Whether it was missing a moment ago, so that it need not be tried.</summary>
    public bool IsMissing(string database) => _sightings.TryGetValue(database, out var sighting) && sighting.IsConfirmed && Stopwatch.GetElapsedTime(sighting.SeenAt) < Pause;

    /// <summary>It is there.</summary>
    public void Forget(string database)
    {
        if (!_sightings.IsEmpty)
            _sightings.TryRemove(database, out _);
    }

    /// <summary>Whether this is why something failed, whatever it is wrapped in: then the log has it already.</summary>
    public static bool IsCauseOf(Exception? failure) => failure is TenantDatabaseMissingException || (failure?.InnerException is { } inner && IsCauseOf(inner));

    [LoggerMessage(Level = LogLevel.Error, Message = "The database {Database} does not exist, where the placement of tenant {TenantId} says that its rows lie: "
        + "the company is refused until it is restored under this name from a backup; its row in platform.placements of this service's database names it")]
    private static partial void LogMissing(ILogger logger, string database, Guid tenantId);

    private sealed class Sighting
    {
        private readonly Lock _gate = new();
        private long? _toldAt;
        private long _seenAt;

        public long SeenAt
        {
            get => Interlocked.Read(ref _seenAt);
            set => Interlocked.Exchange(ref _seenAt, value);
        }

        public volatile bool IsConfirmed;

        public bool IsNews(TimeSpan interval)
        {
            lock (_gate)
            {
                if (_toldAt is { } told && Stopwatch.GetElapsedTime(told) < interval)
                    return false;
                _toldAt = Stopwatch.GetTimestamp();
                return true;
            }
        }
    }
}

/// <summary>The tenant's rows cannot be reached: its database does not exist.</summary>
internal sealed class TenantDatabaseMissingException(string database) : Exception($"The database {database} of a company does not exist.");
