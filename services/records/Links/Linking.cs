using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.Relations;
using Platform.Errors;
using Platform.Records.Objects;

namespace Platform.Records.Links;

/// <summary>Keeps the way back of relations with every record that is written, and sees to it that the way leads somewhere.</summary>
internal static class Linking
{
    /// <summary>Adds and removes links of records that are about to be written. What they lead to stays until the transaction ends.</summary>
    /// <param name="db">The unit of work, in a transaction.</param>
    /// <param name="records">The records, each with the custom fields that it had; null for a new one.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    public static async Task LinkAsync(this RecordsDbContext db, IEnumerable<(Record Record, Struct? Before)> records, CancellationToken cancellationToken)
    {
        var turns = records.Where(row => !row.Record.CustomFields.Equals(row.Before)).Select(row => TurnOf(db, row.Record, row.Before)).Where(turn => turn.IsAny).ToList();
        if (turns.Count == 0)
            return;
        await HoldAsync(db, [.. turns.SelectMany(turn => turn.Added)], cancellationToken);
        foreach (var turn in turns.Where(turn => !turn.IsNew))
        {
            if (await Belonging.CheckAsync(db, turn.Record, turn.Added, cancellationToken) is { } cycle)
                throw cycle.ToRpcException();
        }

        if (turns.Where(turn => !turn.IsNew).Select(turn => turn.Record.Id).ToList() is { Count: > 0 } old)
            await db.Links.Where(link => old.Contains(link.SourceId)).LoadAsync(cancellationToken);
        var known = db.ChangeTracker.Entries<RecordLink>().Where(entry => entry.State != EntityState.Deleted)
            .ToDictionary(entry => (entry.Entity.SourceId, entry.Entity.FieldKey, entry.Entity.TargetId), entry => entry.Entity);
        foreach (var turn in turns)
        {
            foreach (var relation in turn.Added)
                Add(db, turn.Record, relation, known.GetValueOrDefault((turn.Record.Id, relation.Field.Key, relation.Target)));
            // What a deletion took out waits to be put back with it.
            db.Links.RemoveRange(turn.Removed.Select(relation => known.GetValueOrDefault((turn.Record.Id, relation.Field.Key, relation.Target))).OfType<RecordLink>().Where(link => link.ClearedWith is null));
        }
    }

    private static void Add(RecordsDbContext db, Record record, Relation relation, RecordLink? known)
    {
        if (known is null)
            db.Links.Add(new RecordLink { SourceId = record.Id, SourceKey = record.ObjectKey, FieldKey = relation.Field.Key, TargetId = relation.Target });
        else
            known.ClearedWith = null;
    }

    private static async Task HoldAsync(RecordsDbContext db, IReadOnlyCollection<Relation> added, CancellationToken cancellationToken)
    {
        var fresh = db.ChangeTracker.Entries<Record>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity.Id).ToHashSet();
        var sought = added.Where(relation => relation.IsAmongRecords && !fresh.Contains(relation.Target)).ToList();
        var held = await db.HoldAsync(sought.Select(relation => relation.Target), cancellationToken);
        if (sought.Where(relation => !held.Contains(relation.Target)).ToList() is { Count: > 0 } astray)
            throw Error.Invalid([.. astray.Select(relation => RelationErrors.Astray($"record.customFields.{relation.Field.Key}", relation.Field.RelatedResource, relation.Target))]).ToRpcException();
    }

    private static Turn TurnOf(RecordsDbContext db, Record record, Struct? before)
    {
        var fields = db.Caller.CustomFields?.Of(record.AccessResource().Info.Name) ?? throw new InvalidOperationException("What fields the company has is not known.");
        var (had, has) = (Relations.Of(fields, before).ToList(), Relations.Of(fields, record.CustomFields).ToList());
        return new Turn(record, before is null, [.. has.Except(had)], [.. had.Except(has)]);
    }

    // Where a record leads from now on, and where no longer.
    private sealed record Turn(Record Record, bool IsNew, IReadOnlyList<Relation> Added, IReadOnlyList<Relation> Removed)
    {
        public bool IsAny => Added.Count > 0 || Removed.Count > 0;
    }
}
