using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Finance.CreditNotes;

internal static class ListCreditNotes
{
    public sealed class Validator : AbstractValidator<V1.ListCreditNotesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.InvoiceId).OptionalId();
            RuleFor(request => request.TimeZone).OptionalTimeZone();
        }
    }

    public static async Task<Result<V1.ListCreditNotesResponse>> Handle(V1.ListCreditNotesRequest request, FinanceDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = db.CreditNotes.VisibleTo(db);
        if (request.InvoiceId.ToIdOrNull() is { } invoice)
            rows = rows.Where(row => row.InvoiceId == invoice);
        var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy, Query = request.InvoiceId };
        var page = await rows.ToPageAsync(CreditNoteFields.Schema, list, FilterContext.Of(db, time, request.TimeZone), cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListCreditNotesResponse { NextPageToken = page.Value.NextPageToken };
        response.CreditNotes.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
