using Microsoft.EntityFrameworkCore;

namespace Platform.Contacts.Leads.Scoring;

/// <summary>Which leads still have the score of rules that hold no more; read before the leads are, so that no such score is told as one of the rules of now.</summary>
internal sealed class KnownScores
{
    private readonly bool _isPending;
    private readonly Guid? _cursor;

    private KnownScores(bool isPending, Guid? cursor) => (_isPending, _cursor) = (isPending, cursor);

    public static async Task<KnownScores> OfAsync(ContactsDbContext db, CancellationToken cancellationToken) =>
        await db.ScoreRuns.AsNoTracking().SingleOrDefaultAsync(run => run.IsPending, cancellationToken) is { } run ? new(true, run.Cursor) : new(false, null);

    /// <summary>The lead as it is told.</summary>
    public V1.Lead Tell(Lead lead)
    {
        var message = lead.ToMessage();
        if (!_isPending || lead.Id.CompareTo(_cursor ?? Guid.Empty) <= 0)
            return message;
        message.ClearScore();
        message.ScorePending = true;
        return message;
    }
}
