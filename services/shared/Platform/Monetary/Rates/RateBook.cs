using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Monetary.Rates;

/// <summary>How far this service knows the rates of a company. Who converts holds the row, so that the rates stay what they are until the end.</summary>
[NotAudited("A copy of what the tenants service has, where each change is in the log.")]
internal sealed class RateBook : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>The company's own currency; empty where it has none of ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>The last change that is known.</summary>
    public long Version { get; private set; }

    /// <summary>The last change by which all records were converted anew.</summary>
    public long ReportedVersion { get; private set; }

    public static void Map(EntityTypeBuilder<RateBook> builder)
    {
        builder.ToTable("rate_books");
        builder.HasKey(book => book.TenantId);
    }
}
