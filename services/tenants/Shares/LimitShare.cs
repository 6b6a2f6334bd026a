using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Tenants.Shares;

/// <summary>What a service holds of a limit that all services of a company have together.</summary>
[NotAudited("What the operator sets is in the log; the rest divides and counts.")]
internal sealed class LimitShare : ITenantOwned
{
    public const string PrimaryKey = "pk_limit_shares";

    public Guid TenantId { get; set; }

    /// <summary><c>rows</c> or <c>storage</c>.</summary>
    public string Resource { get; init; } = "";

    /// <summary>App id of the service.</summary>
    public string Service { get; init; } = "";

    /// <summary>The most that the service can come to have without asking, whatever is still on its way there.</summary>
    public long Held { get; set; }

    /// <summary>What it had when it was heard of last.</summary>
    public long Used { get; set; }

    /// <summary>Of the last word to the service.</summary>
    public long Round { get; set; }

    /// <summary>When the limit was set last.</summary>
    public DateTimeOffset SetTime { get; set; }

    /// <summary>When it is to be asked what it has; null where it has said so.</summary>
    public DateTimeOffset? DueTime { get; set; }

    /// <summary>
    /// Takes what the service says of itself, as of the last word that it has heard; false where a newer one is on its way to it, which
    /// may still change that.
    /// </summary>
    public bool Hear(long round, long share, long used)
    {
        if (round < Round)
            return false;
        (Round, Held, Used) = (round, Math.Max(share, used), used);
        return true;
    }

    /// <summary>A word to the service by which it holds so much. Until it is heard of, it may hold as much as before.</summary>
    public void Give(long share) => (Round, Held) = (Round + 1, Math.Max(Held, share));

    /// <summary>The limit was set anew.</summary>
    public void Set(DateTimeOffset now) => (SetTime, DueTime) = (now, now);

    public static void Map(EntityTypeBuilder<LimitShare> builder)
    {
        builder.ToTable("limit_shares");
        builder.HasKey(share => new { share.TenantId, share.Resource, share.Service }).HasName(PrimaryKey);
        builder.HasIndex(share => share.DueTime);
        builder.IsWorkedOnAcrossTenants("Services are asked what they have of limits that were set anew.");
    }
}
