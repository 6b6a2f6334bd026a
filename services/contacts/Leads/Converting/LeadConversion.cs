using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Contacts.Leads.Converting;

/// <summary>
/// A conversion with a deal that is under way: written down before the deal is asked for, and gone in the transaction that converts the lead.
/// Where one is left, the lead was not converted, and its deal goes.
/// </summary>
[NotAudited("What is under way; the conversion and the deal are in the logs.")]
internal sealed class LeadConversion : ITenantOwned
{
    public const string OneOfALead = "ix_lead_conversions_tenant_id_lead_id";

    public Guid TenantId { get; set; }

    /// <summary>The id that the deal gets.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid LeadId { get; init; }

    public Guid PersonId { get; init; }

    public Guid? CompanyId { get; init; }

    /// <summary>Who converts.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Whether it failed, and only its deal is still to go.</summary>
    public bool IsAbandoned { get; init; }

    public static void Map(EntityTypeBuilder<LeadConversion> builder)
    {
        builder.ToTable("lead_conversions");
        builder.HasKey(conversion => new { conversion.TenantId, conversion.Id });
        // No foreign key: it would wait for whoever holds the lead, which may be the very call that writes this.
        builder.HasIndex(conversion => new { conversion.TenantId, conversion.LeadId }).IsUnique().HasFilter("NOT is_abandoned").HasDatabaseName(OneOfALead);
    }
}
