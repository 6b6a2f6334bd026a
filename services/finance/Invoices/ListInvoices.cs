using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Finance.Invoices;

internal static class ListInvoices
{
    public sealed class Validator : AbstractValidator<V1.ListInvoicesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.BuyerCompanyId).OptionalId();
            RuleFor(request => request.Status).IsInEnum().WithMessage("There is no such status.");
            RuleFor(request => request.TimeZone).OptionalTimeZone();
        }
    }

    public static async Task<Result<V1.ListInvoicesResponse>> Handle(V1.ListInvoicesRequest request, FinanceDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var list = new ListRequest(request.PageSize, request.PageToken)
        {
            Filter = request.Filter,
            OrderBy = request.OrderBy,
            Query = $"{request.Status} {request.BuyerCompanyId} {request.SourceType} {request.SourceId}",
        };
        var page = await Narrow(db.Invoices, request).ToPageAsync(InvoiceFields.Schema, list, FilterContext.Of(db, time, request.TimeZone), cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListInvoicesResponse { NextPageToken = page.Value.NextPageToken };
        response.Invoices.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }

    private static IQueryable<Invoice> Narrow(IQueryable<Invoice> rows, V1.ListInvoicesRequest request)
    {
        if (request.Status != V1.InvoiceStatus.Unspecified)
            rows = rows.Where(row => row.Status == request.Status);
        if (request.BuyerCompanyId.ToIdOrNull() is { } company)
            rows = rows.Where(row => row.BuyerCompanyId == company);
        if (request.SourceType.Length > 0)
            rows = rows.Where(row => row.SourceType == request.SourceType);
        return request.SourceId.Length > 0 ? rows.Where(row => row.SourceId == request.SourceId) : rows;
    }
}
