using Microsoft.EntityFrameworkCore;

namespace Platform.Finance.Invoices;

internal static class InvoiceRows
{
    /// <summary>The invoice, tracked; null where there is none in this tenant.</summary>
    public static async Task<Invoice?> LoadInvoiceAsync(this FinanceDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var key) ? await db.Invoices.SingleOrDefaultAsync(row => row.Id == key, cancellationToken) : null;

    /// <summary>The invoice, locked until the transaction ends: parallel calls decide one after the other.</summary>
    public static async Task<Invoice?> LockInvoiceAsync(this FinanceDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var key)
            ? await db.Invoices.FromSql($"SELECT *, xmin FROM invoices WHERE tenant_id = {db.Caller.RequiredTenantId} AND id = {key} FOR UPDATE").SingleOrDefaultAsync(cancellationToken)
            : null;
}
