using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Contacts.Leads.Assignment;

/// <summary>How many leads a rule has given away in turn.</summary>
[NotAudited("It counts leads, each of which is in the log.")]
internal sealed class AssignmentTurn : ITenantOwned
{
    public Guid TenantId { get; set; }

    public string Rule { get; init; } = "";

    public long Turn { get; init; }

    public static void Map(EntityTypeBuilder<AssignmentTurn> builder)
    {
        builder.ToTable("assignment_turns");
        builder.HasKey(turn => new { turn.TenantId, turn.Rule });
    }
}
