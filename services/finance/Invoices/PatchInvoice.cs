using FluentValidation;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Finance.Invoices;

internal static class PatchInvoice
{
    public sealed class Validator : AbstractValidator<V1.PatchInvoiceRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Invoice).NotNull().WithMessage("Send the invoice.");
            RuleFor(request => request.Invoice.Id).Id().When(request => request.Invoice is not null);
        }
    }

    public static async Task<Result<V1.Invoice>> Handle(V1.PatchInvoiceRequest request, FinanceDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LoadInvoiceAsync(request.Invoice.Id, cancellationToken) is not { } invoice)
            return InvoiceErrors.NotFound(request.Invoice.Id);
        if (!invoice.IsDraft)
            return InvoiceErrors.Issued;
        if (!invoice.Matches(request.Invoice.Etag))
            return Error.Stale("invoice");
        return await UpdateInvoice.ReviseAsync(invoice, Masks.Merge(invoice.ToMessage(), request.Invoice, request.UpdateMask), db, time, cancellationToken);
    }
}
