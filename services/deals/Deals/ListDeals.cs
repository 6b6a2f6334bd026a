using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Deals.Deals;

internal static class ListDeals
{
    public sealed class Validator : AbstractValidator<V1.ListDealsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.CompanyId).OptionalId();
            RuleFor(request => request.Status).IsInEnum().WithMessage("There is no such status.");
        }
    }

    public static async Task<Result<V1.ListDealsResponse>> Handle(V1.ListDealsRequest request, DealsDbContext db, CancellationToken cancellationToken)
    {
        var rows = db.Deals.AsQueryable();
        if (request.Status != V1.DealStatus.Unspecified)
            rows = rows.Where(row => row.Status == request.Status);
        if (request.CompanyId.ToIdOrNull() is { } company)
            rows = rows.Where(row => row.CompanyId == company);
        var page = await rows.ToPageAsync(request.PageSize, request.PageToken, $"{request.Status} {request.CompanyId}", cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListDealsResponse { NextPageToken = page.Value.NextPageToken };
        response.Deals.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
