using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Deals.Quotes.Sending;

/// <summary>The last number of a tenant's quotes in one year.</summary>
[NotAudited("A number that was taken is in the entry of its quote.")]
internal sealed class QuoteSeries : ITenantOwned
{
    public Guid TenantId { get; set; }

    public int Year { get; private init; }

    public long LastNumber { get; private init; }

    public static void Map(EntityTypeBuilder<QuoteSeries> builder)
    {
        builder.ToTable("quote_series");
        builder.HasKey(series => new { series.TenantId, series.Year });
    }
}
