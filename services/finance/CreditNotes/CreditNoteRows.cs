namespace Platform.Finance.CreditNotes;

internal static class CreditNoteRows
{
    /// <summary>Those of invoices that the caller may see.</summary>
    public static IQueryable<CreditNote> VisibleTo(this IQueryable<CreditNote> rows, FinanceDbContext db) =>
        db.Caller.Access is null ? rows : rows.Where(note => db.Invoices.Any(invoice => invoice.Id == note.InvoiceId));
}
