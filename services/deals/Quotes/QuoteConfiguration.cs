using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;
using Platform.Deals.Deals;

namespace Platform.Deals.Quotes;

internal static class QuoteConfiguration
{
    public const string UniqueRevision = "ix_quotes_tenant_id_root_id_revision";
    public const string UniqueNumber = "ix_quotes_tenant_id_number_revision";
    public const string UniqueAccepted = "ix_quotes_accepted";
    public const string DealKey = "fk_quotes_deals";

    public static void Map(EntityTypeBuilder<Quote> builder)
    {
        builder.IsProtectedResource("quotes");
        builder.Property(quote => quote.Status).HasConversion<string>();
        builder.Property(quote => quote.TaxRounding).HasConversion<string>();
        builder.Ignore(quote => quote.IsDraft);
        builder.OwnsMany(quote => quote.LineItems, lines => lines.ToJson());
        builder.OwnsMany(quote => quote.TaxSubtotals, subtotals => subtotals.ToJson());
        builder.HasOne<Deal>().WithMany().HasForeignKey(quote => new { quote.TenantId, quote.DealId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName(DealKey);
        builder.HasIndex(quote => new { quote.TenantId, quote.RootId, quote.Revision }).IsUnique().HasDatabaseName(UniqueRevision);
        builder.HasIndex(quote => new { quote.TenantId, quote.Number, quote.Revision }).IsUnique().HasDatabaseName(UniqueNumber);
        builder.HasIndex(quote => new { quote.TenantId, quote.DealId, quote.Id });
        builder.HasIndex(quote => new { quote.TenantId, quote.Status, quote.Id });
        builder.HasIndex(quote => new { quote.TenantId, quote.CompanyId });
        builder.HasIndex(quote => new { quote.TenantId, quote.PersonId });
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_quotes_total", "total = net_total + tax_total");
            table.HasCheckConstraint("ck_quotes_sent", "status = 'Draft' OR (number IS NOT NULL AND seller IS NOT NULL AND send_time IS NOT NULL AND content_hash <> '')");
            table.HasCheckConstraint("ck_quotes_answered", "status NOT IN ('Accepted', 'Declined') OR answer_time IS NOT NULL");
        });
        // One quote of a deal is accepted, whatever happens at the same time.
        builder.HasIndex(quote => new { quote.TenantId, quote.DealId }, UniqueAccepted).IsUnique().HasDatabaseName(UniqueAccepted).HasFilter("status = 'Accepted'");
    }
}
