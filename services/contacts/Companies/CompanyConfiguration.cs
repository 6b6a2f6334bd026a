using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Duplicates;

namespace Platform.Contacts.Companies;

internal static class CompanyConfiguration
{
    public const string UniqueName = "ix_companies_tenant_id_lower_name";

    public static void Map(EntityTypeBuilder<Company> builder)
    {
        builder.IsProtectedResource("companies");
        builder.HasTimeOrders();
        // Unique without regard to case; EF cannot index an expression of its own, so the column is computed by PostgreSQL.
        builder.Property<string>("LowerName").HasComputedColumnSql("lower(name)", stored: true);
        builder.HasIndex("TenantId", "LowerName").IsUnique().HasDatabaseName(UniqueName);
        PointScripts.Map(builder);
        MatchScripts.MapCompanies(builder);
    }
}
