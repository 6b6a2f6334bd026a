using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;

namespace Platform.Deals.Deals;

internal static class DeleteDeal
{
    public static async Task<Result<Empty>> Handle(V1.DeleteDealRequest request, DealsDbContext db, CancellationToken cancellationToken)
    {
        if (await db.LoadAsync(request.Id, cancellationToken) is not { } deal)
            return DealErrors.NotFound(request.Id);
        if (!deal.Matches(request.Etag))
            return Error.Stale("deal");
        if (!deal.IsOpen)
            return DealErrors.Closed;
        Remove(db, deal, mayComeBack: false);
        return await db.TrySaveChangesAsync(cancellationToken, DealErrors.HasQuotes) is { } error ? error : new Empty();
    }

    /// <summary>Marks a deal as deleted, and tells of it.</summary>
    public static void Remove(DealsDbContext db, Deal deal, bool mayComeBack)
    {
        db.Deals.Remove(deal);
        db.Publish(deal.Id, new V1.DealDeleted { Id = deal.Id.ToString(), Restorable = mayComeBack });
    }
}
