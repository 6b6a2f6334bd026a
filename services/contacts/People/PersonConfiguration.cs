using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;
using Platform.Contacts.Companies;
using Platform.Contacts.Consents;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Duplicates;

namespace Platform.Contacts.People;

internal static class PersonConfiguration
{
    public const string UniqueEmail = "ix_people_tenant_id_lower_email";
    public const string CompanyKey = "fk_people_companies";

    public static void Map(EntityTypeBuilder<Person> builder)
    {
        builder.IsProtectedResource("people");
        builder.HasTimeOrders();
        builder.Property(person => person.TimeZone).HasDefaultValue("");
        // Null where there is no e-mail: nulls never collide.
        builder.Property<string?>("LowerEmail").HasComputedColumnSql("nullif(lower(email), '')", stored: true);
        builder.HasIndex("TenantId", "LowerEmail").IsUnique().HasDatabaseName(UniqueEmail);
        builder.HasOne<Company>().WithMany().HasForeignKey(person => new { person.TenantId, person.CompanyId })
            .OnDelete(DeleteBehavior.Restrict).HasConstraintName(CompanyKey);
        PointScripts.Map(builder);
        builder.HasConsents();
        MatchScripts.MapPeople(builder);
    }
}
