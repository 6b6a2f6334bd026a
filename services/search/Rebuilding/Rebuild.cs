using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Search.Rebuilding;

/// <summary>A rebuild of a tenant's index: into which generation, and how far it is.</summary>
[NotAudited("That it was asked for is an entry of its own; the rest is how far it is.")]
internal sealed class Rebuild : ITenantOwned
{
    public const string OneRunning = "ix_rebuilds_running";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public int Generation { get; init; }

    public DateTimeOffset CreateTime { get; init; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? EndTime { get; private set; }

    public List<RebuildPart> Parts { get; private set; } = [];

    /// <summary>PostgreSQL's xmin: who goes on with what another one has gone on with meanwhile fails.</summary>
    public uint Version { get; private set; }

    /// <summary>What is to be read next; null where all is read.</summary>
    public RebuildPart? FindNext() => Parts.Find(part => !part.Done);

    public static Rebuild Create(int generation, IEnumerable<RebuildPart> parts, DateTimeOffset now) => new() { Generation = generation, CreateTime = now, Parts = [.. parts] };

    /// <summary>A page of a part was read.</summary>
    public void Advance(RebuildPart read, int count, string nextPageToken) =>
        Parts = [.. Parts.Select(part => part != read ? part : part with { ReadCount = part.ReadCount + count, PageToken = nextPageToken, Done = nextPageToken.Length == 0 })];

    public void End(DateTimeOffset now) => EndTime = now;

    public V1.Rebuild ToMessage() => new()
    {
        Id = Id.ToString(),
        State = EndTime is null ? V1.RebuildState.Running : V1.RebuildState.Done,
        CreateTime = CreateTime.ToTimestamp(),
        EndTime = EndTime?.ToTimestamp(),
        Progress = { Parts.Select(part => new V1.RebuildProgress { Type = part.Type, ReadCount = part.ReadCount, Done = part.Done }) },
    };

    public static void Map(EntityTypeBuilder<Rebuild> builder)
    {
        builder.ToTable("rebuilds");
        builder.HasKey(rebuild => new { rebuild.TenantId, rebuild.Id });
        builder.Property(rebuild => rebuild.Version).IsRowVersion();
        builder.HasIndex(rebuild => rebuild.TenantId).IsUnique().HasFilter("end_time IS NULL").HasDatabaseName(OneRunning);
    }
}
