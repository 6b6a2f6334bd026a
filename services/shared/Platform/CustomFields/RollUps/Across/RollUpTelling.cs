using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.V1;
using Platform.CustomFields.Values;
using Platform.Data;

namespace Platform.CustomFields.RollUps.Across;

/// <summary>
/// Tells the service that has a roll-up what the changed records give now. One message after the other: the row of the work is
/// held, and what is told is what one statement sees.
/// </summary>
/// <param name="db">The unit of work.</param>
/// <param name="key">The stored key of the roll-up.</param>
internal sealed class RollUpTelling(PlatformDbContext db, string key)
{
    private const int BatchSize = 500;

    /// <summary>Tells all that there is.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await db.InTransactionAsync(() => StepAsync(cancellationToken), cancellationToken))
            db.ChangeTracker.Clear();
    }

    /// <summary>By which messages of one roll-up go in order, as far as the broker keeps it.</summary>
    public static Guid AggregateOf(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));

    /// <summary>All records are counted: that is told too.</summary>
    public static Task<int> FinishAsync(PlatformDbContext db, string key, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"INSERT INTO roll_up_changes (tenant_id, roll_up, child_id) VALUES ({db.Caller.RequiredTenantId}, {key}, {Guid.Empty})", cancellationToken);

    // Whether there may be more.
    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var asOf = db.Time.GetUtcNow();
        var index = (await db.Set<CustomFieldIndex>().FromSql($"SELECT * FROM custom_field_indexes WHERE field_key = {key} AND kind = 'RollUp' FOR UPDATE").ToListAsync(cancellationToken)).SingleOrDefault();
        if (index is not { State: IndexState.Building or IndexState.Ready, Run: not null })
        {
            await db.Set<RollUpChange>().Where(change => change.RollUp == key).ExecuteDeleteAsync(cancellationToken);
            return false;
        }

        // Of what was written without the key, the indexer tells when it has computed it; until then the time stands still.
        var hasUnknown = await db.Set<RollUpInput>().AnyAsync(input => input.RollUp == key && input.IsUnknown, cancellationToken);
        var taken = await TakeAsync(index.Resource, cancellationToken);
        var isMore = taken.Exists(change => change.IsMore);
        var isWhole = index.State == IndexState.Ready && !hasUnknown && !isMore;
        Tell(index, [.. taken.Where(change => change.ChildId != Guid.Empty && !change.IsUnknown).Distinct()], isWhole ? asOf : null);
        await db.SaveChangesAsync(cancellationToken);
        return isMore;
    }

    private void Tell(CustomFieldIndex index, List<Change> changes, DateTimeOffset? asOf)
    {
        // A message that says no time leaves changes behind, or a record that is to be computed: another one follows.
        if (changes.Count == 0 && (asOf is null || index.IsTold))
            return;
        (index.RunNumber, index.IsTold, index.AsOfTime) = (index.RunNumber + 1, index.IsTold || asOf is not null, asOf ?? index.AsOfTime);
        var message = new RollUpInputsTold
        {
            RollUp = key,
            Resource = index.Resource,
            Run = index.Run.ToString(),
            Number = index.RunNumber,
            Given = { changes.Select(change => RollUpInput.Read(change.ChildId, change.Given)) },
            Counted = index.IsTold,
            AsOfTime = asOf?.ToTimestamp(),
            SchemaVersion = db.Caller.CustomFields?.Version ?? 0,
        };
        // Until all records are counted nobody waits for this one, and there may be a million.
        db.Publish(AggregateOf(key), message, isBulk: !index.IsTold);
    }

    // One row for each change; several changes of a record say the same.
    private async Task<List<Change>> TakeAsync(string resource, CancellationToken cancellationToken)
    {
        var sql = $$"""
            WITH taken AS (
                DELETE FROM roll_up_changes WHERE tenant_id = {0} AND roll_up = {1}
                    AND id IN (SELECT id FROM roll_up_changes WHERE tenant_id = {0} AND roll_up = {1} ORDER BY id LIMIT {{BatchSize}}) RETURNING child_id)
            SELECT child_id, coalesce(NOT jsonb_exists(custom_fields, {1}), false) AS is_unknown, custom_fields ->> {1} AS given,
                EXISTS (SELECT FROM roll_up_changes WHERE tenant_id = {0} AND roll_up = {1} OFFSET {{BatchSize}}) AS is_more
            FROM taken LEFT JOIN {{RecordTables.Of(db, resource)}} ON tenant_id = {0} AND id = child_id{{RecordTables.RowsOf(resource)}}
            """;
        return await db.Database.SqlQueryRaw<Change>(sql, db.Caller.RequiredTenantId, key).ToListAsync(cancellationToken);
    }

    private sealed record Change(Guid ChildId, bool IsUnknown, string? Given, bool IsMore);
}
