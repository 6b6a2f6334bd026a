using Google.Protobuf;
using Platform.Access;
using Platform.Bulk;
using Platform.Contacts.Merging;
using Platform.Errors;

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
}
