using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.CustomFields.RollUps.Across;

/// <summary>A message that has come before an earlier one of its run, and waits for that.</summary>
[NotAudited("A part of a computed value; what changes it is in the log.")]
internal sealed class EarlyRollUp : ITenantOwned
{
    public const string Table = "early_roll_ups";

    public Guid TenantId { get; set; }

    /// <summary>The stored key of the roll-up.</summary>
    public string RollUp { get; init; } = "";

    public Guid Run { get; init; }

    public long Number { get; init; }

    /// <summary>The message as protobuf JSON.</summary>
    public string Data { get; init; } = "";

    public static void Map(EntityTypeBuilder<EarlyRollUp> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(early => new { early.TenantId, early.RollUp, early.Run, early.Number });
    }
}
