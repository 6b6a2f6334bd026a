using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;

namespace Platform.Tenants.ExchangeRates;

internal static class ListExchangeRates
{
    public static async Task<Result<V1.ListExchangeRatesResponse>> Handle(
        V1.ListExchangeRatesRequest request, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy };
        var page = await db.ExchangeRates.Where(row => row.Rate != null).ToPageAsync(RateFields.Schema, list, FilterContext.Of(db.Caller, time), cancellationToken);
        if (page.IsError)
            return page.Error;
        return new V1.ListExchangeRatesResponse { Rates = { page.Value.Items.Select(row => row.ToMessage()) }, NextPageToken = page.Value.NextPageToken };
    }
}
