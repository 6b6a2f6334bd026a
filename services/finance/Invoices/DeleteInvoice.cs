using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;

namespace Platform.Finance.Invoices;

internal static class DeleteInvoice
{
    public static async Task<Result<Empty>> Handle(V1.DeleteInvoiceRequest request, FinanceDbContext db, CancellationToken cancellationToken)
    {
        if (await db.LoadInvoiceAsync(request.Id, cancellationToken) is not { } invoice)
            return InvoiceErrors.NotFound(request.Id);
        if (!invoice.IsDraft)
            return InvoiceErrors.Issued;
        if (!invoice.Matches(request.Etag))
            return Error.Stale("invoice");
        db.Invoices.Remove(invoice);
        db.Publish(invoice.Id, new V1.InvoiceDeleted { Id = invoice.Id.ToString() });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : new Empty();
    }
}
