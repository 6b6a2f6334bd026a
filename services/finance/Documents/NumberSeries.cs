using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Finance.Documents;

/// <summary>The last number of a tenant's documents of one type in one fiscal year.</summary>
[NotAudited("A number that was taken is in the entry of its document.")]
internal sealed class NumberSeries : ITenantOwned
{
    public Guid TenantId { get; set; }

    public DocumentType DocumentType { get; private init; }

    public int FiscalYear { get; private init; }

    public long LastNumber { get; private init; }

    /// <summary>Date of the last document: no later number has an earlier date, even where clocks differ.</summary>
    public DateOnly LastDate { get; private init; }

    public static void Map(EntityTypeBuilder<NumberSeries> builder)
    {
        builder.ToTable("number_series");
        builder.HasKey(series => new { series.TenantId, series.DocumentType, series.FiscalYear });
        builder.Property(series => series.DocumentType).HasConversion<string>();
    }
}

internal enum DocumentType
{
    Invoice,
    CreditNote,
}

/// <summary>A number that was taken, with the date that it belongs to.</summary>
internal sealed record DocumentNumber(string Text, DateOnly Date);
