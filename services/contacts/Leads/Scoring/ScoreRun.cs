using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Contacts.Leads.Scoring;

/// <summary>How far the rules have been applied to all leads, and when that is due again.</summary>
[NotAudited("Work that is still to do, and how far it is; what it changes follows from the rules, which are in the log.")]
internal sealed class ScoreRun : ITenantOwned
{
    public const string Table = "lead_score_runs";
    public const string Key = "pk_lead_score_runs";

    public Guid TenantId { get; set; }

    /// <summary>Whether scores behind the cursor may be those of rules that hold no more; not where the date alone has changed.</summary>
    public bool IsPending { get; private set; }

    /// <summary>The last lead that was looked at; null before the first.</summary>
    public Guid? Cursor { get; private set; }

    public long Done { get; private set; }

    public long Total { get; private set; }

    /// <summary>When the first leads were looked at: what depends on the date holds for them as of then.</summary>
    public DateTimeOffset? BeginTime { get; private set; }

    /// <summary>Next time, null for never; while it is under way, when it counts as lost.</summary>
    public DateTimeOffset? DueTime { get; private set; }

    public static void Map(EntityTypeBuilder<ScoreRun> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(run => run.TenantId).HasName(Key);
        builder.HasIndex(run => run.DueTime);
        builder.IsWorkedOnAcrossTenants("One task applies the rules by which leads are scored, for whichever tenant it is.");
    }

    /// <summary>The company's, held until the transaction ends; null where it never had rules.</summary>
    public static Task<ScoreRun?> HeldAsync(ContactsDbContext db, CancellationToken cancellationToken) =>
        db.ScoreRuns.FromSql($"SELECT * FROM lead_score_runs WHERE tenant_id = {db.Caller.RequiredTenantId} FOR NO KEY UPDATE").SingleOrDefaultAsync(cancellationToken);

    /// <summary>The rules are others: from the first lead on, at once.</summary>
    public void Begin(DateTimeOffset now) => (IsPending, Cursor, Done, Total, BeginTime, DueTime) = (true, null, 0, 0, null, now);

    public void Count(long total, DateTimeOffset now) => (Total, BeginTime) = (total, now);

    public void Advance(Guid cursor, int leads, DateTimeOffset lease) => (Cursor, Done, DueTime) = (cursor, Done + leads, lease);

    /// <param name="next">When scores change by themselves next: where a day ended meanwhile, at once.</param>
    public void End(DateTimeOffset? next) => (IsPending, Cursor, Done, Total, BeginTime, DueTime) = (false, null, 0, 0, null, next);
}
