using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Chores;
using Platform.Contacts.Segments.Keeping;

namespace Platform.Contacts.Merging;

/// <summary>What is kept of merges; nothing of it is in the audit log, where the records themselves are.</summary>
internal static class MergeLog
{
    /// <summary>The merges never were: their records are there again, or nothing is left of any.</summary>
    public static async Task RemoveAsync(ContactsDbContext db, IReadOnlyCollection<Guid> merges, CancellationToken cancellationToken)
    {
        await ForgetMovesAsync(db, merges, cancellationToken);
        await db.MergedRecords.Where(record => merges.Contains(record.MergeId)).ExecuteDeleteAsync(cancellationToken);
        await db.Merges.Where(merge => merges.Contains(merge.Id)).ExecuteDeleteAsync(cancellationToken);
        await db.Chores.Where(chore => chore.Kind == ChoreKind.ForgetMerge && merges.Contains(chore.SubjectId)).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Records are deleted, and with them everything that became part of one; the ids of that.</summary>
    public static async Task<IReadOnlyList<Guid>> RemoveOfAsync(ContactsDbContext db, Guid[] survivors, CancellationToken cancellationToken)
    {
        var all = new List<Guid>();
        for (var gone = survivors; ;)
        {
            var parts = await db.MergedRecords.AsNoTracking().Where(record => gone.Contains(record.SurvivorId)).Select(record => new { record.Id, record.MergeId }).ToListAsync(cancellationToken);
            if (parts.Count == 0)
                break;
            await RemoveAsync(db, [.. parts.Select(part => part.MergeId).Distinct()], cancellationToken);
            gone = [.. parts.Select(part => part.Id)];
            all.AddRange(gone);
        }

        if (all.Count > 0)
            await GoneMembers.ForgetAsync(db, all, cancellationToken);
        return all;
    }

    /// <summary>A merge can no longer be taken back: what the merged records held is deleted, where their ids lead is kept.</summary>
    public static async Task ForgetAsync(ContactsDbContext db, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await ForgetMovesAsync(db, [id], cancellationToken);
        var records = await db.MergedRecords.Where(record => record.MergeId == id).ToListAsync(cancellationToken);
        records.ForEach(record => record.Forget());
        await GoneMembers.ForgetAsync(db, [.. records.Select(record => record.Id)], cancellationToken);
        if (await db.Merges.SingleOrDefaultAsync(merge => merge.Id == id, cancellationToken) is { } merge)
            merge.Forget(now);
    }

    private static Task<int> ForgetMovesAsync(ContactsDbContext db, IReadOnlyCollection<Guid> merges, CancellationToken cancellationToken) =>
        db.MergeMoves.Where(move => merges.Contains(move.MergeId)).ExecuteDeleteAsync(cancellationToken);
}
