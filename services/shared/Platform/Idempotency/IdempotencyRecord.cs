using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Idempotency;

/// <summary>The stored answer to a write with an Idempotency-Key; scoped to tenant and caller, kept for a day.</summary>
[NotAudited("The write that it belongs to is in the log.")]
internal sealed class IdempotencyRecord : ITenantOwned
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public Guid TenantId { get; set; }

    public string Subject { get; init; } = "";

    public string Key { get; init; } = "";

    public string Method { get; init; } = "";

    public byte[] RequestHash { get; init; } = [];

    public byte[] Response { get; init; } = [];

    public DateTimeOffset ExpireTime { get; init; }

    public static void Map(EntityTypeBuilder<IdempotencyRecord> builder)
    {
        builder.ToTable("idempotency_records");
        builder.HasKey(record => new { record.TenantId, record.Subject, record.Key });
        builder.HasIndex(record => new { record.TenantId, record.ExpireTime });
    }
}
