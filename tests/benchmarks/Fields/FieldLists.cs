using System.Diagnostics;
using Npgsql;

namespace Platform.Benchmarks.Fields;

/// <summary>One page of a list through a service's door.</summary>
/// <param name="filter">The filter.</param>
/// <param name="orderBy">The order.</param>
/// <param name="size">Rows a page.</param>
/// <param name="token">Where the page begins.</param>
/// <returns>How many rows came, and the token of the next page.</returns>
internal delegate Task<(int Rows, string Next)> AskPage(string filter, string orderBy, int size, string token);

/// <summary>The 95th percentiles of one list, in milliseconds.</summary>
internal sealed record ListTimes(string Name, double Door, double Sql)
{
    public double Ratio => Door / Sql;
}

/// <summary>Lists with custom fields through a service's door beside the SQL for them, call by call, so that what else the machine does meets both.</summary>
internal static class FieldLists
{
    private const int Warm = 30;

    /// <summary>Measures all cases.</summary>
    public static async Task<List<ListTimes>> MeasureAsync(MillionRows rows, int count, Guid tenant, string owner, AskPage ask, int calls, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner) { MaxAutoPrepare = 32 }.ConnectionString);
        var measured = new List<ListTimes>();
        foreach (var known in ListCase.Over(count))
            measured.Add(await MeasureAsync(known, rows, tenant, source, ask, calls, cancellationToken));
        return measured;
    }

    private static async Task<ListTimes> MeasureAsync(
        ListCase known, MillionRows rows, Guid tenant, NpgsqlDataSource source, AskPage ask, int calls, CancellationToken cancellationToken)
    {
        var (start, sql) = (await SkipAsync(known, ask), known.SqlOf(rows.Table));
        var (door, bare) = (new List<double>(), new List<double>());
        for (var call = -Warm; call < calls; call++)
        {
            var (filter, order) = known.Ask(call + Warm);
            var from = Stopwatch.GetTimestamp();
            var page = await ask(filter, order, 0, start);
            var between = Stopwatch.GetTimestamp();
            var found = await ReadAsync(source, sql, tenant, rows.Resource, known.Key(call + Warm), known.Skip, cancellationToken);
            var to = Stopwatch.GetTimestamp();
            if (page.Rows == 0 || page.Rows != Math.Min(found, 50))
                throw new InvalidOperationException($"{known.Name}: {page.Rows} rows through the door, {found} by SQL.");
            if (call < 0)
                continue;
            door.Add(Stopwatch.GetElapsedTime(from, between).TotalMilliseconds);
            bare.Add(Stopwatch.GetElapsedTime(between, to).TotalMilliseconds);
        }

        return new ListTimes(known.Name, Quantiles.Of([.. door.Order()], .95), Quantiles.Of([.. bare.Order()], .95));
    }

    private static async Task<string> SkipAsync(ListCase known, AskPage ask)
    {
        const int most = 200;
        var token = "";
        var (filter, order) = known.Ask(0);
        for (var skipped = 0; skipped < known.Skip; skipped += most)
            token = (await ask(filter, order, most, token)).Next;
        return token;
    }

    private static async Task<int> ReadAsync(NpgsqlDataSource source, string sql, Guid tenant, string resource, string key, int skipped, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue("tenant", tenant);
        command.Parameters.AddWithValue("resource", resource);
        command.Parameters.AddWithValue("key", key);
        // The last of those that a fifth of all rows are.
        command.Parameters.AddWithValue("last", MillionRows.IdOf(skipped * 5));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (found, values) = (0, new object[reader.FieldCount]);
        for (; await reader.ReadAsync(cancellationToken); found++)
            reader.GetValues(values);
        return found;
    }
}
