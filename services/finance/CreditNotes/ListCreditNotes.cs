using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Finance.CreditNotes;

internal static class ListCreditNotes
{
    public sealed class Validator : AbstractValidator<V1.ListCreditNotesRequest>
    {
        public Validator() => RuleFor(request => request.InvoiceId).OptionalId();
    }

    public static async Task<Result<V1.ListCreditNotesResponse>> Handle(V1.ListCreditNotesRequest request, FinanceDbContext db, CancellationToken cancellationToken)
    {
        var rows = db.VisibleCreditNotes;
        if (request.InvoiceId.ToIdOrNull() is { } invoice)
            rows = rows.Where(row => row.InvoiceId == invoice);
        var page = await rows.ToPageAsync(request.PageSize, request.PageToken, request.InvoiceId, cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListCreditNotesResponse { NextPageToken = page.Value.NextPageToken };
        response.CreditNotes.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
