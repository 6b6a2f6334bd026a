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
        db.Deals.Remove(deal);
        db.Publish(deal.Id, new V1.DealDeleted { Id = deal.Id.ToString() });
        return await db.TrySaveChangesAsync(cancellationToken, DealErrors.HasQuotes) is { } error ? error : new Empty();
    }
}
