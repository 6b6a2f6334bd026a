using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Contacts.Segments.Keeping;

/// <summary>How far the expression of a dynamic segment has been applied to all records, and when that is due again.</summary>
[NotAudited("Work that is still to do, and how far it is; what it changes follows from the records.")]
internal sealed class SegmentRun : ITenantOwned
{
    public const string Table = "segment_runs";

    public Guid TenantId { get; set; }

    public Guid SegmentId { get; init; }

    public V1.SegmentState State { get; private set; }

    /// <summary>The last record that was looked at; null before the first.</summary>
    public Guid? Cursor { get; private set; }

    public long Done { get; private set; }

    public long Total { get; private set; }

    /// <summary>When the first records were looked at: what depends on the date holds for them as of then.</summary>
    public DateTimeOffset? BeginTime { get; private set; }

    public DateTimeOffset? EvaluateTime { get; private set; }

    /// <summary>Next time, null for never; while it is under way, when it counts as lost.</summary>
    public DateTimeOffset? DueTime { get; private set; }

    public static void Map(EntityTypeBuilder<SegmentRun> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(run => new { run.TenantId, run.SegmentId });
        builder.Property(run => run.State).HasConversion<string>();
        builder.HasIndex(run => run.DueTime);
        builder.HasOne<Segment>().WithMany().HasForeignKey(run => new { run.TenantId, run.SegmentId }).OnDelete(DeleteBehavior.Cascade);
        builder.IsWorkedOnAcrossTenants("One task applies the expressions of segments, for whichever tenant it is.");
    }

    public static SegmentRun Of(Segment segment, DateTimeOffset now)
    {
        var run = new SegmentRun { SegmentId = segment.Id };
        run.Begin(now);
        return run;
    }

    /// <summary>From the first record on, at once.</summary>
    public void Begin(DateTimeOffset now) => (State, Cursor, Done, Total, BeginTime, DueTime) = (V1.SegmentState.Pending, null, 0, 0, null, now);

    /// <summary>What it reads is still being counted: from the first record on, a moment later, and the members stay as they are until then.</summary>
    public void Wait(DateTimeOffset next) => Begin(next);

    public void Count(long total, DateTimeOffset now) => (Total, BeginTime) = (total, now);

    public void Advance(Guid cursor, int records, DateTimeOffset lease) => (Cursor, Done, DueTime) = (cursor, Done + records, lease);

    /// <param name="now">The moment.</param>
    /// <param name="next">When members change by themselves next: where a day ended meanwhile, at once.</param>
    public void End(DateTimeOffset now, DateTimeOffset? next) => (State, Cursor, Done, Total, BeginTime, EvaluateTime, DueTime) = (V1.SegmentState.Ready, null, 0, 0, null, now, next);

    /// <summary>The expression no longer fits; it may again tomorrow.</summary>
    public void Break(DateTimeOffset now) => (State, Cursor, Done, Total, BeginTime, DueTime) = (V1.SegmentState.Broken, null, 0, 0, null, now.AddDays(1));
}
