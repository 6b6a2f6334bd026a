using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Data;

namespace Platform.Metadata.Packages;

/// <summary>All metadata of a company as it was once.</summary>
[NotAudited("It is a history itself; each thing that a step changed is in the log, and the step by name.")]
internal sealed class MetadataVersion : Entity
{
    public int Number { get; init; }

    public string Action { get; init; } = "";

    public string Note { get; init; } = "";

    public string Actor { get; init; } = "";

    public int ChangeCount { get; init; }

    public V1.MetadataPackage Package { get; init; } = new();

    public static void Map(EntityTypeBuilder<MetadataVersion> builder)
    {
        builder.IsResource("metadata_versions");
        builder.HasIndex(version => new { version.TenantId, version.Number }).IsUnique();
    }

    public V1.MetadataVersion ToMessage() => new()
    {
        Id = Id.ToString(),
        Number = Number,
        Action = Action,
        Note = Note,
        Actor = Actor,
        ChangeCount = ChangeCount,
        CreateTime = CreateTime.ToTimestamp(),
    };

    public V1.MetadataVersion ToWhole()
    {
        var whole = ToMessage();
        whole.Document = PackageDocument.Write(Package);
        return whole;
    }
}
