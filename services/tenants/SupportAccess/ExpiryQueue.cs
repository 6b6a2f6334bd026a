using Npgsql;
using Platform.Tenancy;
using Platform.Tenancy.Placements;

namespace Platform.Tenants.SupportAccess;

/// <summary>Grants whose time is over. A claim is a lease: what a crash leaves behind is taken again.</summary>
internal sealed class ExpiryQueue(NpgsqlDataSource database, TimeProvider time)
{
    private const string Take = """
        UPDATE support_expiries SET due_time = $1 + interval '1 minute'
        WHERE (tenant_id, grant_id) = (SELECT tenant_id, grant_id FROM support_expiries WHERE due_time <= $1 ORDER BY due_time LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING tenant_id, grant_id
        """;

    /// <summary>Takes the one that has waited longest; null when none is due.</summary>
    public async Task<(Guid Tenant, Guid Grant)?> ClaimAsync(CancellationToken cancellationToken)
    {
        foreach (var place in await Places.WithRowsAsync(database, "support_expiries", cancellationToken))
        {
            await using var batch = database.CreateBatch();
            batch.BatchCommands.Add(new NpgsqlBatchCommand(CrossTenantWork.Open));
            batch.BatchCommands.Add(Places.Enter(place));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Take) { Parameters = { new() { Value = time.GetUtcNow() } } });
            await using var row = await batch.ExecuteReaderAsync(cancellationToken);
            await row.NextResultAsync(cancellationToken);
            await row.NextResultAsync(cancellationToken);
            if (await row.ReadAsync(cancellationToken))
                return (row.GetGuid(0), row.GetGuid(1));
        }

        return null;
    }
}
