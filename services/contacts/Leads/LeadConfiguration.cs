using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;
using Platform.Contacts.Consents;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Duplicates;

namespace Platform.Contacts.Leads;

internal static class LeadConfiguration
{
    public static void Map(EntityTypeBuilder<Lead> builder)
    {
        builder.IsProtectedResource("leads");
        builder.HasTimeOrders();
        builder.Ignore(lead => lead.IsConverted);
        // The links stay when their target is deleted later: they tell what the lead became.
        builder.Property(lead => lead.Status).HasConversion<string>();
        builder.Property<string?>("LowerEmail").HasComputedColumnSql("nullif(lower(email), '')", stored: true);
        builder.HasIndex(lead => new { lead.TenantId, lead.Score, lead.Id });
        // Not unique: the same person may show interest again.
        builder.HasIndex("TenantId", "LowerEmail");
        // By these a merge finds the leads that became what it merges.
        builder.HasIndex(lead => new { lead.TenantId, lead.ConvertedPersonId }).HasFilter("converted_person_id IS NOT NULL");
        builder.HasIndex(lead => new { lead.TenantId, lead.ConvertedCompanyId }).HasFilter("converted_company_id IS NOT NULL");
        builder.HasIndex(lead => new { lead.TenantId, lead.ConvertedDealId }).HasFilter("converted_deal_id IS NOT NULL");
        PointScripts.MapPhone(builder);
        builder.HasConsents();
        MatchScripts.MapPeople(builder);
    }
}
