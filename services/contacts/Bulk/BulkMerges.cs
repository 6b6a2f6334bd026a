using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Bulk;
using Platform.Contacts.Merging;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Bulk;

/// <summary>Merges of a job: one for each record that becomes part of the one that stays, so that each has an outcome and a way back of its own.</summary>
internal static class BulkMerges
{
    public static async Task<Result<BulkMerging>> MergeAsync<TRow, TMessage>(
        MergeKind<TRow, TMessage> kind, IServiceProvider services, ContactsDbContext db, Guid survivor, Guid id, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IMergeable<TRow, TMessage>
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>
    {
        var order = new MergeOrder(survivor.ToString(), "", [new V1.MergedRecord { Id = id.ToString() }], [], V1.SurvivorshipRule.Unspecified);
        var merged = await MergeRecords.HandleAsync(kind, order, db, services.GetRequiredService<MergeClock>(), cancellationToken);
        return merged.IsError ? merged.Error : new BulkMerging(Guid.Parse(merged.Value.Merge.Id));
    }

    public static async Task<Error?> UnmergeAsync<TRow, TMessage>(
        MergeKind<TRow, TMessage> kind, IServiceProvider services, ContactsDbContext db, Guid survivor, Guid merge, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IMergeable<TRow, TMessage>
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new() =>
        (await UnmergeRecords.HandleAsync(kind, new UnmergeOrder(survivor, merge, ""), db, services.GetRequiredService<MergeClock>(), cancellationToken)).Error;

    /// <summary>A deletion that can be taken back: one that others became part of is refused, for its merges would go with it and not come back with it.</summary>
    public static Func<ContactsDbContext, IReadOnlyList<TRow>, CancellationToken, Task> UnlessSurvivors<TRow>(Func<ContactsDbContext, IReadOnlyList<TRow>, CancellationToken, Task> delete)
        where TRow : ProtectedEntity => async (db, rows, cancellationToken) =>
    {
        Guid[] ids = [.. rows.Select(row => row.Id)];
        if (await db.MergedRecords.Where(record => ids.Contains(record.SurvivorId)).Select(record => (Guid?)record.SurvivorId).FirstOrDefaultAsync(cancellationToken) is { } survivor)
            throw WasMerged(survivor).ToRpcException();
        await delete(db, rows, cancellationToken);
    };

    private static Error WasMerged(Guid id) =>
        Error.Precondition("RECORD_WAS_MERGED", Say($"Others became part of '{id}', and those merges would not come back with it: take them back first, or delete it alone."));
}
