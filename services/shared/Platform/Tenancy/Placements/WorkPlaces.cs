using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>Where the tasks that work for all tenants find their rows.</summary>
public sealed class WorkPlaces
{
    // What this process wrote into a tenant's own database is looked for at once; what others wrote, this often.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Not each look waits for a database that did not answer a moment ago.
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);
    private const int AtOnce = 8;
    private readonly ConcurrentDictionary<(string Database, string Table), long> _told = new();
    private readonly ConcurrentDictionary<(string Database, string Table), long> _away = new();
    private readonly ConcurrentDictionary<(string Database, string Table), long> _visits = new();
    private readonly TenantDatabases _databases;

    internal WorkPlaces(TenantDatabases databases) => _databases = databases;

    /// <summary>The places in which this table of cross-tenant work may have rows; the shared one first, always.</summary>
    public async Task<IReadOnlyList<WorkPlace>> WithRowsAsync(string table, CancellationToken cancellationToken)
    {
        await using var batch = _databases.Home.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(CrossTenantWork.Open));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT NULL::text, NULL::uuid, platform.places_with($1) UNION ALL SELECT database_name, tenant_id, 'public' FROM platform.placements WHERE database_name IS NOT NULL")
        {
            Parameters = { new() { Value = table } },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var places = new List<WorkPlace>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var place = new Place(reader.IsDBNull(0) ? null : reader.GetString(0), reader.GetString(2));
            var tenant = reader.IsDBNull(1) ? default : reader.GetGuid(1);
            places.Add(new WorkPlace(_databases, place, tenant));
            // It was found to be gone before this look.
            if (place.Database is { } database && _databases.Missing.IsNoted(database))
                _databases.Missing.Confirm(tenant, database);
        }

        return places;
    }

    /// <summary>
    /// Runs one statement over the rows of all tenants in one place after the other, as long as it is asked for the next row; the
    /// reader stands on the first row of each place that gives one. Each place is one round trip, which PostgreSQL runs as one
    /// transaction, so that the rights to all tenants' rows end with it. A tenant's own database that does not answer is passed over, and not
    /// tried for some seconds: the others do not wait for it. The service's own has to answer.
    /// </summary>
    /// <param name="table">The table of cross-tenant work.</param>
    /// <param name="statement">Takes or looks at what is due.</param>
    /// <param name="parameters">Its $1 and so on.</param>
    /// <param name="passedOver">Is told which database did not answer, and why, for the log: once a minute.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    public async IAsyncEnumerable<NpgsqlDataReader> RowsAcrossTenantsAsync(
        string table, string statement, object[] parameters, Action<Exception> passedOver, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var place in (await WithRowsAsync(table, cancellationToken)).Where(place => !IsAway(place, table)))
        {
            await using var visit = new Visit();
            if (await TryVisitAsync(visit, place, table, statement, parameters, passedOver, cancellationToken))
                yield return visit.Row!;
        }
    }

    /// <summary>Whether a failure is that of one tenant's own database that is away: then work on this table passes it over for some seconds.</summary>
    internal bool PassesOver(WorkPlace place, string table, Exception failure)
    {
        if (place.Database is not { } database || !Data.Outages.IsAbsence(failure))
            return false;
        _away[(database, table)] = Stopwatch.GetTimestamp();
        return true;
    }

    /// <summary>Whether that work on this table passes a place over is to be told: once a minute.</summary>
    internal bool IsNews(WorkPlace place, string table)
    {
        if (place.Database is not { } database)
            return false;
        var now = Stopwatch.GetTimestamp();
        var told = _told.GetOrAdd((database, table), now);
        return told == now || (Stopwatch.GetElapsedTime(told) >= Silence && _told.TryUpdate((database, table), now, told));
    }

    /// <summary>
    /// The rows that one statement gives over all tenants, for a question that somebody waits for: tenants' own databases are asked side by
    /// side, each has two seconds, and one that does not answer is passed over. The service's own has to. What comes back says too whether all
    /// have answered, so that those are all rows.
    /// </summary>
    /// <param name="table">The table of cross-tenant work.</param>
    /// <param name="statement">What is asked.</param>
    /// <param name="parameters">Its $1 and so on.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="passedOver">Is told why a tenant's own database did not answer, for the log: once a minute.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    public async Task<(IReadOnlyCollection<T> Rows, bool AreAll)> AllRowsAcrossTenantsAsync<T>(
        string table, string statement, object[] parameters, Func<NpgsqlDataReader, T> read, Action<Exception> passedOver, CancellationToken cancellationToken)
    {
        var (found, areAll) = (new ConcurrentBag<T>(), true);
        var places = (await WithRowsAsync(table, cancellationToken)).ToLookup(place => place.Database is null);
        foreach (var place in places[true])
            await ReadAsync(place, cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(places[false], options, async (place, token) =>
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
            patience.CancelAfter(Patience);
            try
            {
                await ReadAsync(place, patience.Token);
            }
            catch (Exception failure) when (!token.IsCancellationRequested && failure is NpgsqlException or TimeoutException or OperationCanceledException)
            {
                Volatile.Write(ref areAll, false);
                if (IsNews(place, table))
                    passedOver(failure);
            }
        });
        return (found, areAll);

        async Task ReadAsync(WorkPlace place, CancellationToken token)
        {
            await using var connection = await place.OpenAsync(token);
            await using var batch = BatchOf(connection, place, statement, parameters);
            await using var row = await ReaderOfAsync(batch, token);
            while (await row.ReadAsync(token))
                found.Add(read(row));
        }
    }

    /// <summary>
    /// The places with rows, but for tenants' own databases that were looked into a moment ago and in which this process has seen nothing done
    /// since: for tasks that come by often.
    /// </summary>
    internal async Task<IReadOnlyList<WorkPlace>> WithWorkAsync(string table, CancellationToken cancellationToken) =>
        [.. (await WithRowsAsync(table, cancellationToken)).Where(place => !IsAway(place, table) && (place.Database is not { } database || IsDue(database, table)))];

    // Whether the place gives a row.
    private async Task<bool> TryVisitAsync(
        Visit visit, WorkPlace place, string table, string statement, object[] parameters, Action<Exception> passedOver, CancellationToken cancellationToken)
    {
        try
        {
            visit.Connection = await place.OpenAsync(cancellationToken);
            visit.Batch = BatchOf(visit.Connection, place, statement, parameters);
            visit.Row = await ReaderOfAsync(visit.Batch, cancellationToken);
            return await visit.Row.ReadAsync(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && PassesOver(place, table, failure))
        {
            if (IsNews(place, table))
                passedOver(new InvalidOperationException($"the database {place.Database} of a company is away: {failure.Message}", failure));
            return false;
        }
    }

    private bool IsAway(WorkPlace place, string table) =>
        place.Database is { } database && _away.TryGetValue((database, table), out var since) && Stopwatch.GetElapsedTime(since) < Absence;

    private static NpgsqlBatch BatchOf(NpgsqlConnection connection, WorkPlace place, string statement, object[] parameters)
    {
        var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(CrossTenantWork.Open));
        batch.BatchCommands.Add(place.Enter());
        var command = new NpgsqlBatchCommand(statement);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        batch.BatchCommands.Add(command);
        return batch;
    }

    // The first two results are those of the settings.
    private static async Task<NpgsqlDataReader> ReaderOfAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        var reader = await batch.ExecuteReaderAsync(cancellationToken);
        try
        {
            await reader.NextResultAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    private bool IsDue(string database, string table)
    {
        var now = Stopwatch.GetTimestamp();
        if (_visits.TryGetValue((database, table), out var last) && !_databases.UseOf(database).IsSince(last) && Stopwatch.GetElapsedTime(last) < Interval)
            return false;
        _visits[(database, table)] = now;
        return true;
    }

    /// <summary>What is open while a row is looked at.</summary>
    private sealed class Visit : IAsyncDisposable
    {
        public NpgsqlConnection? Connection { get; set; }

        public NpgsqlBatch? Batch { get; set; }

        public NpgsqlDataReader? Row { get; set; }

        public async ValueTask DisposeAsync()
        {
            if (Row is not null)
                await Row.DisposeAsync();
            if (Batch is not null)
                await Batch.DisposeAsync();
            if (Connection is not null)
                await Connection.DisposeAsync();
        }
    }
}
