using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Tenancy;

namespace Platform.Auditing;

/// <summary>
/// Who did what to which resource, with the changed fields before and after. Written in the transaction of the change, never
/// altered: no grant and no trigger lets anybody, the owner included.
/// </summary>
[NotAudited("Is the log itself.")]
internal sealed class AuditEntry : ITenantOwned
{
    public const string Table = "audit_entries";

    public Guid TenantId { get; set; }

    /// <summary>UUIDv7 of the time: the order of lists, the same in every service.</summary>
    public Guid Id { get; init; }

    public DateTimeOffset Time { get; init; }

    public CallerKind ActorKind { get; init; }

    /// <summary>Id of the person, or the name of the service account.</summary>
    public string Actor { get; init; } = "";

    /// <summary>Id of the person who caused what a service account did; empty where nobody is known.</summary>
    public string OnBehalfOf { get; init; } = "";

    /// <summary>The RPC, the route, or the event that was worked on.</summary>
    public string Operation { get; init; } = "";

    public string TraceId { get; init; } = "";

    public string ClientAddress { get; init; } = "";

    /// <summary>Type of the resource: <c>deals.deal</c>.</summary>
    public string Resource { get; init; } = "";

    public string ResourceId { get; init; } = "";

    /// <summary><c>create</c>, <c>update</c>, <c>delete</c>, or the verb of the call: <c>win</c>.</summary>
    public string Action { get; init; } = "";

    /// <summary>JSON object of the changed fields; null for a creation.</summary>
    public string? Before { get; init; }

    /// <summary>JSON object of the changed fields; null for a deletion.</summary>
    public string? After { get; init; }

    /// <summary>See <see cref="EntryHash"/>.</summary>
    public byte[] ContentHash { get; set; } = [];

    /// <summary>Whatever is written waits for its seal.</summary>
    public static string CreateTrigger(string table) =>
        $"CREATE TRIGGER await_seal AFTER INSERT ON {table} REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION platform.await_seal();";

    public static void Map(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(entry => new { entry.TenantId, entry.Id });
        builder.Property(entry => entry.ActorKind).HasConversion<string>();
        // Text as it was hashed: jsonb would order and respace it.
        builder.Property(entry => entry.Before).HasColumnType("json");
        builder.Property(entry => entry.After).HasColumnType("json");
        builder.HasIndex(entry => new { entry.TenantId, entry.ResourceId, entry.Id });
        builder.IsAppendOnly();
    }
}
