using FluentValidation;
using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Finance.Invoices;

internal static class UpdateInvoice
{
    public sealed class Validator : AbstractValidator<V1.UpdateInvoiceRequest>
    {
        public Validator()
        {
            // The rest is known when what the caller may not see is put back.
            RuleFor(request => request.Invoice).NotNull().WithMessage("Send the invoice.");
            RuleFor(request => request.Invoice.Id).Id().When(request => request.Invoice is not null);
        }
    }

    public static async Task<Result<V1.Invoice>> Handle(V1.UpdateInvoiceRequest request, FinanceDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var draft = await LoadDraftAsync(request.Invoice, db, cancellationToken);
        if (draft.IsError)
            return draft.Error;
        db.Caller.KeepRestricted(Invoice.Resource.Info, draft.Value.ToMessage().Clone(), request.Invoice);
        return await ReviseAsync(draft.Value, request.Invoice, db, time, cancellationToken);
    }

    /// <summary>The draft that the message names, in the version that it names; or why it cannot be changed.</summary>
    public static async Task<Result<Invoice>> LoadDraftAsync(V1.Invoice message, FinanceDbContext db, CancellationToken cancellationToken)
    {
        if (await db.LoadInvoiceAsync(message.Id, cancellationToken) is not { } invoice)
            return InvoiceErrors.NotFound(message.Id);
        if (!invoice.IsDraft)
            return InvoiceErrors.Issued;
        return invoice.Matches(message.Etag) ? invoice : Error.Stale("invoice");
    }

    /// <summary>Makes a draft what the message says, or fails with the reason why it cannot be that.</summary>
    public static async Task<Result<V1.Invoice>> ReviseAsync(Invoice invoice, Result<V1.Invoice> change, FinanceDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var revised = change.Validate(new InvoiceValidator(), "invoice");
        if (revised.IsError)
            return revised.Error;
        if (revised.Value.Currency != invoice.Currency)
            return InvoiceErrors.CurrencyFixed;
        if (db.Caller.PrepareCustomFields(Invoice.Resource.Info, revised.Value, invoice.CustomFields) is { } fault)
            return fault;
        invoice.Revise(revised.Value, time.GetUtcNow());
        db.Publish(invoice.Id, new V1.InvoiceUpdated { Invoice = invoice.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : invoice.ToMessage();
    }
}
