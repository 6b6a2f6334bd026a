using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Inventory.Products;

internal static class ListProducts
{
    public sealed class Validator : AbstractValidator<V1.ListProductsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Query).Text(200);
            RuleFor(request => request.TimeZone).OptionalTimeZone();
        }
    }

    public static async Task<Result<V1.ListProductsResponse>> Handle(V1.ListProductsRequest request, InventoryDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = db.Products.AsQueryable();
        if (request.Query.Length > 0)
        {
            var pattern = Like.Containing(request.Query);
            // Nobody finds out by searching what they may not see.
            var (inCode, inName) = (db.Caller.CanRead(Product.Resource.Info, "code"), db.Caller.CanRead(Product.Resource.Info, "name"));
            rows = rows.Where(row => (inCode && EF.Functions.ILike(row.Code, pattern)) || (inName && EF.Functions.ILike(row.Name, pattern)));
        }

        var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy, Query = request.Query };
        var page = await rows.ToPageAsync(ProductFields.Schema, list, FilterContext.Of(db, time, request.TimeZone), cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListProductsResponse { NextPageToken = page.Value.NextPageToken };
        response.Products.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
