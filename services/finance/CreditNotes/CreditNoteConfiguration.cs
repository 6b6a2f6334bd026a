using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;
using Platform.Finance.Invoices;

namespace Platform.Finance.CreditNotes;

internal static class CreditNoteConfiguration
{
    public static void Map(EntityTypeBuilder<CreditNote> builder)
    {
        builder.IsProtectedResource("credit_notes");
        // Those that were there before custom fields were have none.
        builder.Property(note => note.CustomFields).HasDefaultValueSql("'{}'::jsonb").ValueGeneratedNever();
        builder.Property(note => note.TaxRounding).HasConversion<string>();
        builder.OwnsMany(note => note.Lines, lines => lines.ToJson());
        builder.OwnsMany(note => note.TaxSubtotals, subtotals => subtotals.ToJson());
        builder.HasIndex(note => new { note.TenantId, note.Number }).IsUnique();
        builder.HasIndex(note => new { note.TenantId, note.InvoiceId }).IsUnique();
        builder.HasOne<Invoice>().WithOne().HasForeignKey<CreditNote>(note => new { note.TenantId, note.InvoiceId }).OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table => table.HasCheckConstraint("ck_credit_notes_total", "total = net_total + tax_total"));
    }
}
