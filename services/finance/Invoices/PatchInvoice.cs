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
        var draft = await UpdateInvoice.LoadDraftAsync(request.Invoice, db, cancellationToken);
        if (draft.IsError)
            return draft.Error;
        return await UpdateInvoice.ReviseAsync(draft.Value, Masks.Merge(draft.Value.ToMessage(), request.Invoice, request.UpdateMask), db, time, cancellationToken);
    }
}
