using Npgsql;
using Platform.Tenancy;
using Platform.Tenancy.Placements;

namespace Platform.Tenants.Members;

/// <summary>Looks up across companies who is a member where.</summary>
internal sealed class MemberKeys(NpgsqlDataSource database)
{
    /// <summary>The companies of these people, by person.</summary>
    public async Task<ILookup<Guid, Guid>> CompaniesOfAsync(Guid[] people, CancellationToken cancellationToken)
    {
        var found = new List<(Guid Person, Guid Company)>();
        if (people.Length > 0)
            await ReadAsync("SELECT user_id, tenant_id FROM member_keys WHERE user_id = ANY($1)", people, row => found.Add((row.GetGuid(0), row.GetGuid(1))), cancellationToken);
        return found.Distinct().ToLookup(pair => pair.Person, pair => pair.Company);
    }

    /// <summary>Every company that has a member.</summary>
    public async Task<IReadOnlyCollection<Guid>> CompaniesAsync(CancellationToken cancellationToken)
    {
        var found = new HashSet<Guid>();
        await ReadAsync("SELECT DISTINCT tenant_id FROM member_keys WHERE $1 IS NULL", null, row => found.Add(row.GetGuid(0)), cancellationToken);
        return found;
    }

    private async Task ReadAsync(string sql, Guid[]? people, Action<NpgsqlDataReader> take, CancellationToken cancellationToken)
    {
        foreach (var place in await Places.WithRowsAsync(database, "member_keys", cancellationToken))
        {
            await using var batch = database.CreateBatch();
            batch.BatchCommands.Add(new NpgsqlBatchCommand(CrossTenantWork.Open));
            batch.BatchCommands.Add(Places.Enter(place));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter { Value = (object?)people ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Uuid } } });
            await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
            await rows.NextResultAsync(cancellationToken);
            await rows.NextResultAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
                take(rows);
        }
    }
}
