using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Deals.Deals;

internal static class GetDeal
{
    public static async Task<Result<V1.Deal>> Handle(V1.GetDealRequest request, DealsDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.Deals.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } deal
            ? deal.ToMessage()
            : DealErrors.NotFound(request.Id);
}
