using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Communications.Live;

/// <summary>Changes of a company that were told together, kept for whoever was away for a moment. It is written once, and goes after ten minutes.</summary>
[NotAudited("Names what has changed for some minutes; the changes are in the log.")]
internal sealed class LiveBatch : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>Counts the batches of the company.</summary>
    public long Cursor { get; private init; }

    /// <summary>A <see cref="V1.ChangeBatch"/> without cursor and time.</summary>
    public byte[] Changes { get; private init; } = [];

    public DateTimeOffset CreateTime { get; private init; }

    public V1.ChangeBatch ToMessage() => new(V1.ChangeBatch.Parser.ParseFrom(Changes)) { Cursor = Cursor, Time = CreateTime.ToTimestamp() };

    public static byte[] Write(IEnumerable<V1.Change> changes) => new V1.ChangeBatch { Changes = { changes } }.ToByteArray();

    public static void Map(EntityTypeBuilder<LiveBatch> builder)
    {
        builder.ToTable("live_batches");
        builder.HasKey(row => new { row.TenantId, row.Cursor });
        builder.HasIndex(row => new { row.TenantId, row.CreateTime });
    }
}
