using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;
using Platform.Monetary.Rates;

namespace Platform.Finance.Invoices;

internal static class InvoiceConfiguration
{
    public const string UniqueSource = "ix_invoices_tenant_id_source_type_source_id";

    /// <summary>The same rules as the invoice itself has.</summary>
    public static readonly ReportedTable Reported = new(
        "invoices", "reported.status <> 'Draft'", "coalesce(reported.issue_date, (reported.create_time AT TIME ZONE 'UTC')::date)");

    public static void Map(EntityTypeBuilder<Invoice> builder)
    {
        builder.IsProtectedResource("invoices");
        builder.Property(invoice => invoice.Status).HasConversion<string>();
        builder.Property(invoice => invoice.TaxRounding).HasConversion<string>();
        builder.Ignore(invoice => invoice.IsDraft);
        builder.Ignore(invoice => invoice.BusinessDate);
        // Invoices that were there before custom fields were have none.
        builder.Property(invoice => invoice.CustomFields).HasDefaultValueSql("'{}'::jsonb").ValueGeneratedNever();
        builder.OwnsMany(invoice => invoice.Lines, lines => lines.ToJson());
        builder.OwnsMany(invoice => invoice.TaxSubtotals, subtotals => subtotals.ToJson());
        builder.HasIndex(invoice => new { invoice.TenantId, invoice.Number }).IsUnique();
        builder.HasIndex(invoice => new { invoice.TenantId, invoice.SourceType, invoice.SourceId }).IsUnique().HasDatabaseName(UniqueSource).HasFilter("source_type <> ''");
        builder.HasIndex(invoice => new { invoice.TenantId, invoice.Status, invoice.Id });
        builder.HasIndex(invoice => new { invoice.TenantId, invoice.BuyerCompanyId, invoice.Id });
        builder.HasIndex(invoice => new { invoice.TenantId, invoice.BuyerPersonId, invoice.Id });
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_invoices_total", "total = net_total + tax_total");
            table.HasCheckConstraint("ck_invoices_amount_due", "amount_due BETWEEN 0 AND total");
            table.HasCheckConstraint("ck_invoices_issued", "(status = 'Draft') = (number IS NULL) AND (status = 'Draft') = (issue_date IS NULL) AND (status = 'Draft') = (seller IS NULL)");
            table.HasCheckConstraint("ck_invoices_credited", "(status = 'Credited') = (credit_note_id IS NOT NULL)");
        });
    }
}
