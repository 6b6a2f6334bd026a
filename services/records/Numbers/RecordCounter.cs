using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Records.Numbers;

/// <summary>How far an object's numbers have come.</summary>
[NotAudited("It only counts; the numbers are in the log with their records.")]
internal sealed class RecordCounter : ITenantOwned
{
    public Guid TenantId { get; set; }

    public string ObjectKey { get; init; } = "";

    /// <summary>The year where counting begins anew each year, else 0.</summary>
    public int Period { get; init; }

    public long LastPlace { get; init; }

    public static void Map(EntityTypeBuilder<RecordCounter> builder)
    {
        builder.ToTable("record_counters");
        builder.HasKey(counter => new { counter.TenantId, counter.ObjectKey, counter.Period });
    }
}
