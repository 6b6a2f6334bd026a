using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Tenancy;

namespace Platform.Data;

/// <summary>A resource: UUIDv7 identity within a tenant, change times, and PostgreSQL's row version as etag.</summary>
public abstract class Entity : ITenantOwned
{
    /// <inheritdoc />
    public Guid TenantId { get; set; }

    /// <summary>UUIDv7: later rows have greater ids.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>When the row was made.</summary>
    public DateTimeOffset CreateTime { get; init => field = ToMicroseconds(value); }

    /// <summary>When the row was changed last.</summary>
    public DateTimeOffset UpdateTime { get; set => field = ToMicroseconds(value); }

    /// <summary>PostgreSQL's xmin: changes with every update.</summary>
    public uint Version { get; private set; }

    /// <summary>The version as clients see it; opaque to them.</summary>
    public string Etag => Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the caller, who may not care, saw the current version.</summary>
    public bool Matches(string etag) => etag.Length == 0 || etag == Etag;

    /// <summary>What PostgreSQL keeps of an instant: an answer to a write then equals what is read later.</summary>
    protected static DateTimeOffset ToMicroseconds(DateTimeOffset value) => value.AddTicks(-(value.Ticks % TimeSpan.TicksPerMicrosecond));
}

/// <summary>Mapping that every resource has.</summary>
public static class EntityConfiguration
{
    /// <summary>Key (tenant_id, id) so that foreign keys carry the tenant; row version as concurrency token.</summary>
    public static EntityTypeBuilder<T> IsResource<T>(this EntityTypeBuilder<T> builder, string table)
        where T : Entity
    {
        builder.ToTable(table);
        builder.HasKey(entity => new { entity.TenantId, entity.Id });
        builder.Property(entity => entity.Id).ValueGeneratedNever();
        builder.Property(entity => entity.Version).IsRowVersion();
        builder.Ignore(entity => entity.Etag);
        return builder;
    }
}
