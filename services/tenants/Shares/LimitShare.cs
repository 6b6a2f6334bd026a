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

    // More than any limit that means something; those of all services together are still a number.
    private const long Unknown = 1L << 59;

    public Guid TenantId { get; set; }

    /// <summary><c>rows</c> or <c>storage</c>.</summary>
    public string Resource { get; init; } = "";

    /// <summary>App id of the service.</summary>
    public string Service { get; init; } = "";

    /// <summary>The most that the service can come to have without asking, whatever is still on its way there; beyond any limit until it has said what it has.</summary>
    public long Held { get; set; } = Unknown;

    /// <summary>Whether the service has said what it has since the company has had the limit. Until then there may be anything.</summary>
    public bool IsKnown => Held < Unknown;

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

    /// <summary>For a while there was no limit, and the service grew as it liked. What it still says of the time before counts no more.</summary>
    public void Forget() => (Round, Held) = (Round + 1, Unknown);

    public static void Map(EntityTypeBuilder<LimitShare> builder)
    {
        builder.ToTable("limit_shares");
        builder.HasKey(share => new { share.TenantId, share.Resource, share.Service }).HasName(PrimaryKey);
        builder.HasIndex(share => share.DueTime);
        builder.IsWorkedOnAcrossTenants("Services are asked what they have of limits that were set anew.");
    }
}
