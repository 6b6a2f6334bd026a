using Platform.Errors;
using Platform.Finance.Documents;
using Platform.Finance.Settings;
using Platform.Monetary.Rates;

namespace Platform.Finance.Invoices;

internal static class IssueInvoice
{
    public static async Task<Result<V1.Invoice>> Handle(
        V1.IssueInvoiceRequest request, FinanceDbContext db, Companies companies, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        // Before the transaction, so that no lock waits for another service.
        if (await companies.EnsureAsync(cancellationToken) is { } error)
            return error;
        await rates.EnsureAsync(cancellationToken);
        return await db.InTransactionAsync(() => IssueAsync(request, db, rates, time, cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.Invoice>> IssueAsync(
        V1.IssueInvoiceRequest request, FinanceDbContext db, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockInvoiceAsync(request.Id, cancellationToken) is not { } invoice)
            return InvoiceErrors.NotFound(request.Id);
        if (!invoice.IsDraft)
            return invoice.ToMessage();
        var settings = await db.LoadSettingsAsync(time, cancellationToken);
        var now = time.GetUtcNow();
        var today = settings.DateOf(now);
        if (invoice.CheckIssue(settings, today) is { } error)
            return error;
        // From here on nothing may be refused by a value: returning commits, and the number would be lost.
        var number = await db.TakeNumberAsync(DocumentType.Invoice, settings.InvoicePrefix, today, cancellationToken);
        invoice.Issue(number, settings, now);
        await rates.ReportAsync(invoice, cancellationToken);
        db.Publish(invoice.Id, new V1.InvoiceIssued { Invoice = invoice.ToMessage() });
        await db.SaveChangesAsync(cancellationToken);
        return invoice.ToMessage();
    }
}
