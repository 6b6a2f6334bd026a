using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Finance.Settings;

namespace Platform.Finance.Invoices;

internal static class CreateInvoice
{
    public sealed class Validator : AbstractValidator<V1.CreateInvoiceRequest>
    {
        public Validator() => RuleFor(request => request.Invoice).NotNull().WithMessage("Send the invoice.").SetValidator(new InvoiceValidator());
    }

    public static async Task<Result<V1.Invoice>> Handle(V1.CreateInvoiceRequest request, FinanceDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindBySourceAsync(request.Invoice, db, cancellationToken) is { } existing)
            return existing.ToMessage();
        if (db.Caller.PrepareCustomFields(Invoice.Resource.Info, request.Invoice, stored: null) is { } fault)
            return fault;
        var settings = await db.LoadSettingsAsync(time, cancellationToken);
        var invoice = Invoice.Create(request.Invoice, settings.TaxRounding, time.GetUtcNow());
        db.Invoices.Add(invoice);
        if (await db.TrySaveChangesAsync(cancellationToken, InvoiceErrors.SourceTaken) is not { } error)
            return invoice.ToMessage();
        // A parallel call made it meanwhile: its invoice is the answer.
        return await FindBySourceAsync(request.Invoice, db, cancellationToken) is { } first ? first.ToMessage() : error;
    }

    private static async Task<Invoice?> FindBySourceAsync(V1.Invoice message, FinanceDbContext db, CancellationToken cancellationToken) =>
        message.SourceType.Length == 0
            ? null
            : await db.Invoices.AsNoTracking().SingleOrDefaultAsync(row => row.SourceType == message.SourceType && row.SourceId == message.SourceId, cancellationToken);
}
