using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Finance.Settings;
using Platform.Monetary.Rates;

namespace Platform.Finance.Invoices;

internal static class CreateInvoice
{
    public sealed class Validator : AbstractValidator<V1.CreateInvoiceRequest>
    {
        public Validator() => RuleFor(request => request.Invoice).NotNull().WithMessage("Send the invoice.").SetValidator(new InvoiceValidator());
    }

    public static async Task<Result<V1.Invoice>> Handle(V1.CreateInvoiceRequest request, FinanceDbContext db, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindBySourceAsync(request.Invoice, db, cancellationToken) is { } existing)
            return existing.ToMessage();
        if (db.Caller.PrepareCustomFields(Invoice.Resource.Info, request.Invoice, stored: null) is { } fault)
            return fault;
        var settings = await db.LoadSettingsAsync(time, cancellationToken);
        var invoice = Invoice.Create(request.Invoice, settings.TaxRounding, time.GetUtcNow());
        await rates.EnsureAsync(cancellationToken);
        var added = await db.InTransactionAsync(() => AddAsync(invoice, db, rates, cancellationToken), cancellationToken);
        // A parallel call made it meanwhile: its invoice is the answer.
        return added.IsError && await FindBySourceAsync(request.Invoice, db, cancellationToken) is { } first ? first.ToMessage() : added;
    }

    private static async Task<Result<V1.Invoice>> AddAsync(Invoice invoice, FinanceDbContext db, ReportingRates rates, CancellationToken cancellationToken)
    {
        await rates.ReportAsync(invoice, cancellationToken);
        db.Invoices.Add(invoice);
        db.Publish(invoice.Id, new V1.InvoiceCreated { Invoice = invoice.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken, InvoiceErrors.SourceTaken) is { } error ? error : invoice.ToMessage();
    }

    private static async Task<Invoice?> FindBySourceAsync(V1.Invoice message, FinanceDbContext db, CancellationToken cancellationToken) =>
        message.SourceType.Length == 0
            ? null
            : await db.Invoices.AsNoTracking().SingleOrDefaultAsync(row => row.SourceType == message.SourceType && row.SourceId == message.SourceId, cancellationToken);
}
