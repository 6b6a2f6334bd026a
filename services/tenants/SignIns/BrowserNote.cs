using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Tenants.SignIns;

/// <summary>From which browser a session was begun, as the gateway told; kept until the journal has its sign-in.</summary>
[NotAudited("Is part of the journal of sign-ins.")]
internal sealed class BrowserNote : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>The identity server's.</summary>
    public string SessionId { get; init; } = "";

    public Guid UserId { get; init; }

    public string Device { get; init; } = "";

    /// <summary>See <see cref="DeviceKeys"/>; null where the browser keeps no cookie.</summary>
    public byte[]? Hash { get; init; }

    public DateTimeOffset CreateTime { get; init; }

    public static void Map(EntityTypeBuilder<BrowserNote> builder)
    {
        builder.ToTable("browser_notes");
        builder.HasKey(note => new { note.TenantId, note.SessionId });
    }
}
