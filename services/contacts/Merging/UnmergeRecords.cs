using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Contacts.Segments.Keeping;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Merging;

/// <summary>What came of taking a merge back.</summary>
internal sealed record UnmergeOutcome<TRow>(TRow Survivor, IReadOnlyList<TRow> Restored, IReadOnlyList<string> Kept);

/// <summary>A request to take a merge back, whatever the kind of the records.</summary>
internal sealed record UnmergeOrder(Guid SurvivorId, Guid? MergeId, string Etag);

/// <summary>One transaction, in the opposite order of the merge.</summary>
internal static class UnmergeRecords
{
    public static Task<Result<UnmergeOutcome<TRow>>> HandleAsync<TRow, TMessage>(
        MergeKind<TRow, TMessage> kind, UnmergeOrder order, ContactsDbContext db, MergeClock clock, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IMergeable<TRow, TMessage>
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new() =>
        db.InTransactionAsync(() => UnmergeAsync(kind, order, db, clock, cancellationToken), cancellationToken);

    private static async Task<Result<UnmergeOutcome<TRow>>> UnmergeAsync<TRow, TMessage>(
        MergeKind<TRow, TMessage> kind, UnmergeOrder order, ContactsDbContext db, MergeClock clock, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IMergeable<TRow, TMessage>
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new()
    {
        if (await kind.Locked(db, [order.SurvivorId]).SingleOrDefaultAsync(cancellationToken) is not { } survivor)
            return await db.FindOrSurvivorAsync(kind.Rows(db), order.SurvivorId, cancellationToken) is { } further
                ? MergeErrors.MergedFurther(kind.Noun, order.SurvivorId, further.Id) : Error.NotFound(kind.Noun, order.SurvivorId.ToString());
        if (kind.Refuse(survivor) is { } refused)
            return refused;
        if (!survivor.Matches(order.Etag))
            return Error.Stale(kind.Noun);
        var found = await FindAsync(survivor.Id, order.MergeId, db, clock, cancellationToken);
        if (found.IsError)
            return found.Error;
        var merge = found.Value;
        var reversal = await PutBackAsync(kind, survivor, merge, db, clock, cancellationToken);
        if (reversal.IsError)
            return reversal.Error;
        var restored = await RestoreAsync(kind, merge, db, cancellationToken);
        if (restored.IsError)
            return restored.Error;
        foreach (var reference in kind.References)
            await Moves.MoveBackAsync(db, reference, merge, clock.Now, cancellationToken);
        foreach (var row in restored.Value.Prepend(survivor))
            await kind.Follow(db, row, cancellationToken);
        await MergeLog.RemoveAsync(db, [merge.Id], cancellationToken);
        await GoneMembers.BringBackAsync(db, kind.Resource.Info.Name, [.. restored.Value.Select(row => row.Id)], cancellationToken);
        db.Publish(survivor.Id, kind.Unmerged(survivor.ToMessage(), restored.Value.Select(row => row.ToMessage()), merge));
        await db.SaveChangesAsync(cancellationToken);
        return new UnmergeOutcome<TRow>(survivor, restored.Value, reversal.Value.Kept);
    }

    private static async Task<Result<Merge>> FindAsync(Guid survivor, Guid? id, ContactsDbContext db, MergeClock clock, CancellationToken cancellationToken)
    {
        var last = await db.Merges.Where(merge => merge.SurvivorId == survivor).OrderByDescending(merge => merge.Id).FirstOrDefaultAsync(cancellationToken);
        if (last is null || (id is not null && last.Id != id && !await db.Merges.AnyAsync(merge => merge.SurvivorId == survivor && merge.Id == id, cancellationToken)))
            return Error.NotFound("merge", id.ToIdText());
        if (id is not null && last.Id != id)
            return MergeErrors.LaterMerge(last.Id);
        return last.Before is null || clock.Now >= last.CreateTime + clock.Grace ? MergeErrors.TooLate(clock.Grace) : last;
    }

    private static async Task<Result<Reversal<TMessage>>> PutBackAsync<TRow, TMessage>(
        MergeKind<TRow, TMessage> kind, TRow survivor, Merge merge, ContactsDbContext db, MergeClock clock, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IMergeable<TRow, TMessage>
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new()
    {
        var reversal = new Reversal<TMessage>(survivor.ToMessage(), Read<TMessage>(merge.Before!), Read<TMessage>(merge.After!));
        var outcome = reversal.Undo();
        await kind.Mend(db, outcome, cancellationToken);
        survivor.PutBack(outcome, clock.Now);
        return await db.TrySaveChangesAsync(cancellationToken, kind.OnSave(survivor)) is { } error ? error : reversal;
    }

    // One by one, so that a refusal says which of them it is about.
    private static async Task<Result<List<TRow>>> RestoreAsync<TRow, TMessage>(MergeKind<TRow, TMessage> kind, Merge merge, ContactsDbContext db, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IMergeable<TRow, TMessage>
        where TMessage : class, IMessage<TMessage>, new()
    {
        var restored = new List<TRow>();
        foreach (var record in await db.MergedRecords.AsNoTracking().Where(row => row.MergeId == merge.Id).OrderBy(row => row.Id).ToListAsync(cancellationToken))
        {
            var message = Read<TMessage>(record.Content!);
            await kind.Mend(db, message, cancellationToken);
            var row = TRow.Restore(message);
            row.Readers.AddRange(record.Readers);
            row.Writers.AddRange(record.Writers);
            kind.Rows(db).Restore(row);
            if (await db.TrySaveChangesAsync(cancellationToken, kind.OnSave(row)) is { } error)
                return error;
            restored.Add(row);
        }

        return restored;
    }

    private static TMessage Read<TMessage>(byte[] content)
        where TMessage : IMessage, new()
    {
        var message = new TMessage();
        message.MergeFrom(content);
        return message;
    }
}
