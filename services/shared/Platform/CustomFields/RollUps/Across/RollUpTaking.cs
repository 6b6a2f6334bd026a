using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.V1;
using Platform.CustomFields.Values;
using Platform.Data;

namespace Platform.CustomFields.RollUps.Across;

/// <summary>
/// Counts what another service tells, message after message: one that comes early waits for those before it, one that comes again
/// changes nothing. So values are always those of one moment.
/// </summary>
/// <param name="db">The unit of work, in a transaction.</param>
/// <param name="key">The stored key of the roll-up.</param>
internal sealed class RollUpTaking(PlatformDbContext db, string key)
{
    /// <summary>For so long messages may be on their way.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Takes a message.</summary>
    public async Task<bool> TakeAsync(RollUpInputsTold message, CancellationToken cancellationToken)
    {
        var run = Guid.Parse(message.Run);
        var index = await HoldAsync(message.Resource, cancellationToken);
        // Begun to go, and wanted again: what was counted meanwhile was not told.
        if (index.State == IndexState.Dropping || index.Run is not { } known || known.CompareTo(run) < 0)
            await BeginAsync(index, run, cancellationToken);
        else if (known != run)
            return false;
        if (message.Number > index.RunNumber + 1)
            await KeepAsync(run, message, cancellationToken);
        for (var next = message.Number == index.RunNumber + 1 ? message : null; next is not null; next = await NextAsync(run, index.RunNumber + 1, cancellationToken))
            await CountAsync(index, next, cancellationToken);
        index.DueTime = index.State == IndexState.Ready && !await MissesAsync(run, cancellationToken) ? null
            : message.Number <= index.RunNumber ? db.Time.GetUtcNow() + Patience : index.DueTime ?? db.Time.GetUtcNow() + Patience;
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Asks for all records anew, where something has not come for long.</summary>
    public async Task AskAsync(CustomFieldIndex index, CancellationToken cancellationToken)
    {
        var isMissing = index.State == IndexState.Building || (index.Run is { } run && await MissesAsync(run, cancellationToken));
        index.DueTime = isMissing ? db.Time.GetUtcNow() + Patience : null;
        if (isMissing)
            db.Publish(RollUpTelling.AggregateOf(key), new RollUpCountWanted { RollUp = key, Resource = index.Resource, Run = index.Run?.ToString() ?? "", Number = index.RunNumber });
        await db.SaveChangesAsync(cancellationToken);
    }

    // The row of the roll-up, held: one message at a time.
    private async Task<CustomFieldIndex> HoldAsync(string child, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO custom_field_indexes (tenant_id, resource, field_key, kind, is_unique, state, run_number, is_told)
            VALUES ({db.Caller.RequiredTenantId}, {child}, {key}, 'RollUp', false, 'Building', 0, false) ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        return (await db.Set<CustomFieldIndex>().FromSql($"SELECT * FROM custom_field_indexes WHERE resource = {child} AND field_key = {key} FOR UPDATE").ToListAsync(cancellationToken)).Single();
    }

    private async Task BeginAsync(CustomFieldIndex index, Guid run, CancellationToken cancellationToken)
    {
        await RollUpIndexes.ForgetAsync(db, key, cancellationToken);
        index.Begin(IndexState.Building, null);
        index.BeginRun(run);
        await db.SaveChangesAsync(cancellationToken);
    }

    private Task<bool> MissesAsync(Guid run, CancellationToken cancellationToken) =>
        db.Set<EarlyRollUp>().AnyAsync(early => early.RollUp == key && early.Run == run, cancellationToken);

    private Task<int> KeepAsync(Guid run, RollUpInputsTold message, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO early_roll_ups (tenant_id, roll_up, run, number, data)
        VALUES ({db.Caller.RequiredTenantId}, {key}, {run}, {message.Number}, {JsonFormatter.Default.Format(message)}) ON CONFLICT DO NOTHING
        """,
        cancellationToken);

    private async Task<RollUpInputsTold?> NextAsync(Guid run, long number, CancellationToken cancellationToken)
    {
        var early = db.Set<EarlyRollUp>().Where(early => early.RollUp == key && early.Run == run && early.Number == number);
        if (await early.Select(early => early.Data).SingleOrDefaultAsync(cancellationToken) is not { } data)
            return null;
        await early.ExecuteDeleteAsync(cancellationToken);
        return RollUpInputsTold.Parser.ParseJson(data);
    }

    // In the order of the records that have the roll-up, as others change their values who do so in one order.
    private async Task CountAsync(CustomFieldIndex index, RollUpInputsTold message, CancellationToken cancellationToken)
    {
        var ids = message.Given.Select(given => Guid.Parse(given.RecordId)).ToArray();
        var given = message.Given.Select(RollUpInput.Write).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
            SELECT count(*) FROM (SELECT platform.keep_roll_up_input({db.Caller.RequiredTenantId}, {key}, child, given, 0)
                FROM (SELECT child, given::jsonb AS given FROM unnest({ids}, {given}) AS told (child, given) ORDER BY given::jsonb ->> 'p', child OFFSET 0) AS ordered) AS counted
            """,
            cancellationToken);
        (index.RunNumber, index.AsOfTime) = (message.Number, message.AsOfTime?.ToDateTimeOffset() ?? index.AsOfTime);
        if (message.Counted)
            index.Begin(IndexState.Ready, null);
    }
}
