using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Finance.Invoices;

internal static class GetInvoice
{
    public static async Task<Result<V1.Invoice>> Handle(V1.GetInvoiceRequest request, FinanceDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.Invoices.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } invoice
            ? invoice.ToMessage()
            : InvoiceErrors.NotFound(request.Id);
}
