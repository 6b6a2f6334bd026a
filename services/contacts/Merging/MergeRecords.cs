using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Access.Fields;
using Platform.Contacts.Chores;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Merging;

/// <summary>What came of a merge.</summary>
internal sealed record MergeOutcome<TRow>(TRow Survivor, V1.Merge Merge);

/// <summary>
/// One transaction: the records held, what leads to the merged ones led to the one that stays, the merged ones noted and deleted,
/// and only then the one that stays changed, so that a unique value can pass to it.
/// </summary>
internal static class MergeRecords
{
    public static Task<Result<MergeOutcome<TRow>>> HandleAsync<TRow, TMessage>(
        MergeKind<TRow, TMessage> kind, MergeOrder order, ContactsDbContext db, MergeClock clock, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IMergeable<TRow, TMessage>
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage> =>
        db.InTransactionAsync(() => MergeAsync(kind, order, db, clock, cancellationToken), cancellationToken);

    private static async Task<Result<MergeOutcome<TRow>>> MergeAsync<TRow, TMessage>(
        MergeKind<TRow, TMessage> kind, MergeOrder order, ContactsDbContext db, MergeClock clock, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IMergeable<TRow, TMessage>
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>
    {
        Guid[] merged = [.. order.Others.Select(other => other.Id)];
        var rows = await kind.Locked(db, [order.SurvivorId, .. merged]).ToDictionaryAsync(row => row.Id, cancellationToken);
        foreach (var (id, etag) in order.Others.Prepend((order.SurvivorId, order.Etag)))
        {
            if (!rows.TryGetValue(id, out var row))
                return await db.MissingAsync(kind, id, cancellationToken);
            if (kind.Refuse(row) is { } refused)
                return refused;
            if (!row.Matches(etag))
                return Error.Stale(kind.Noun);
        }

        var survivor = rows[order.SurvivorId];
        var before = survivor.ToMessage().Clone();
        var decided = Decide(kind, [before, .. merged.Select(id => rows[id].ToMessage())], order, db);
        if (decided.IsError)
            return decided.Error;
        var merge = new Merge { Resource = kind.Resource.Info.Name, SurvivorId = survivor.Id, MergedBy = db.Caller.CausedBy, CreateTime = clock.Now, UpdateTime = clock.Now };
        foreach (var reference in kind.References)
            await Moves.MoveAsync(db, reference, merge, merged, clock.Now, cancellationToken);
        foreach (var id in merged)
        {
            db.MergedRecords.Add(MergedRecord.Of(rows[id], rows[id].ToMessage(), merge));
            kind.Rows(db).Remove(rows[id]);
        }

        if (await db.TrySaveChangesAsync(cancellationToken) is { } unmoved)
            return unmoved;
        survivor.Update(decided.Value, clock.Now);
        await kind.Follow(db, survivor, cancellationToken);
        db.Publish(survivor.Id, kind.Merged(survivor.ToMessage(), merged.Select(id => id.ToString()), merge));
        if (await db.TrySaveChangesAsync(cancellationToken, kind.OnSave(survivor)) is { } unsaved)
            return unsaved;
        // Kept as it was saved, with what the platform computed.
        merge.Keep(before, survivor.ToMessage());
        db.Merges.Add(merge);
        db.Chores.Add(Chore.Of(ChoreKind.ForgetMerge, merge.Id, clock.Now + clock.Grace));
        await db.SaveChangesAsync(cancellationToken);
        return new MergeOutcome<TRow>(survivor, merge.ToMessage(merged, clock.Grace));
    }

    private static Result<TMessage> Decide<TRow, TMessage>(MergeKind<TRow, TMessage> kind, IReadOnlyList<TMessage> records, MergeOrder order, ContactsDbContext db)
        where TRow : ProtectedEntity, IMergeable<TRow, TMessage>
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>
    {
        var (info, message) = (kind.Resource.Info, records[0].Descriptor);
        if (FindFault(order, info, message, db) is { } fault)
            return fault;
        var fields = db.Caller.CustomFields?.Of(info.Name);
        var choices = new ChosenFields(message, order.Choices, order.Rule);
        var outcome = new Survivorship<TMessage>(records, choices, other => Adopt(other, fields)).Decide();
        kind.Gather(outcome, records, field => !choices.All.ContainsKey(field), field => db.Caller.CanRead(info, field));
        db.Caller.KeepRestricted(info, records[0].Clone(), outcome);
        var valid = ((Result<TMessage>)outcome).Validate(kind.Validator, kind.Noun);
        if (valid.IsError)
            return valid;
        var stored = (Struct?)message.FindFieldByName(ResourceInfo.CustomFields).Accessor.GetValue(records[0]);
        return db.Caller.PrepareCustomFields(info, outcome, stored) is { } unfit ? unfit : outcome;
    }

    private static Struct Adopt(Struct other, ResourceFields? fields)
    {
        var adopted = fields?.Adopt(other) ?? new Struct();
        foreach (var key in adopted.Fields.Keys.Where(key => fields!.Find(key)!.Definition.IsComputed()).ToList())
            adopted.Fields.Remove(key);
        return adopted;
    }

    // A choice that the caller may not make; without one, such fields stay as they are.
    private static Error? FindFault(MergeOrder order, ResourceInfo info, Google.Protobuf.Reflection.MessageDescriptor message, ContactsDbContext db)
    {
        var (unknown, unwritable) = (new List<FieldViolation>(), new List<FieldViolation>());
        foreach (var (i, choice) in order.Choices.Index())
        {
            var record = choice.RecordId.ToIdOrNull();
            if (record is { } id && id != order.SurvivorId && order.Others.All(other => other.Id != id))
                unknown.Add(new FieldViolation($"choices[{i}].recordId", "Use the id of one of the records that are merged."));
            else if (record != order.SurvivorId && db.Caller.Access?.FieldsOf(info.Name).IsWritable(ChosenFields.PathOf(message, choice.Field)!) is false)
                unwritable.Add(new FieldViolation($"choices[{i}].field", "You may not change this field: it stays as the record has it that stays."));
        }

        return unknown.Count > 0 ? Error.Invalid(unknown) : unwritable.Count > 0 ? MergeErrors.NotWritable(unwritable) : null;
    }
}
