using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.CustomFields.RollUps.Across;

/// <summary>
/// A record of which the service that has the roll-up is still to be told. PostgreSQL adds it with every write, and what is told is
/// what the record gives by then.
/// </summary>
[NotAudited("Work on computed values; what changes them is in the log.")]
internal sealed class RollUpChange : ITenantOwned
{
    public const string Table = "roll_up_changes";

    public Guid TenantId { get; set; }

    /// <summary>The stored key of the roll-up.</summary>
    public string RollUp { get; init; } = "";

    public long Id { get; init; }

    /// <summary>The record; <see cref="Guid.Empty"/> for none, when it is to be told that all are counted.</summary>
    public Guid ChildId { get; init; }

    public static void Map(EntityTypeBuilder<RollUpChange> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(change => new { change.TenantId, change.RollUp, change.Id });
        builder.Property(change => change.Id).UseIdentityAlwaysColumn();
        builder.IsWorkedOnAcrossTenants("The teller takes the records of which other services are still to be told.");
    }
}
