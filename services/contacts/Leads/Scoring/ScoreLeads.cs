using Microsoft.EntityFrameworkCore;

namespace Platform.Contacts.Leads.Scoring;

/// <summary>
/// Applies the rules to all leads, some at a time in the order of their ids. Nothing but the score changes: neither the time of change nor the
/// audit log speaks of it, and a lead whose score stays is not written.
/// </summary>
internal static class ScoreLeads
{
    private const int PageSize = 500;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>The next leads; whether there are more.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="begins">When what begins now was due, after all have ended who had begun to write by then; where another begins, nothing is done yet.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<bool> PageAsync(ContactsDbContext db, DateTimeOffset? begins, TimeProvider time, CancellationToken cancellationToken)
    {
        // Another may have ended it meanwhile.
        if (await ScoreRun.HeldAsync(db, cancellationToken) is not { DueTime: not null } run)
            return false;
        if (run.Cursor is null && run.DueTime != begins)
            return true;
        // By the clock that says what is due.
        var now = await db.Database.SqlQuery<DateTimeOffset>($"SELECT now() AS \"Value\"").SingleAsync(cancellationToken);
        if (run.Cursor is null)
            run.Count(await db.Leads.LongCountAsync(cancellationToken), now);
        var (from, scorer) = (run.Cursor ?? Guid.Empty, await LeadScorer.OfAsync(db, time, cancellationToken, now));
        // Held, so that nobody writes them meanwhile by what he read before.
        var leads = await db.Leads.FromSqlByRule($"SELECT *, xmin FROM leads WHERE tenant_id = {db.Caller.RequiredTenantId} AND id > {from} ORDER BY id LIMIT {PageSize} FOR NO KEY UPDATE").AsNoTracking().ToListAsync(cancellationToken);
        await ApplyAsync(db, [.. leads.Select(lead => (lead, Score: scorer.ScoreOf(lead))).Where(scored => scored.Score != scored.lead.Score)], cancellationToken);
        if (leads.Count == PageSize)
            run.Advance(leads.Max(lead => lead.Id), leads.Count, now + Lease);
        else
            run.End(scorer.NextChange(run.BeginTime ?? now));
        await db.SaveChangesAsync(cancellationToken);
        return run.Cursor is not null;
    }

    private static async Task ApplyAsync(ContactsDbContext db, (Lead Lead, int? Score)[] changed, CancellationToken cancellationToken)
    {
        if (changed.Length == 0)
            return;
        Guid[] ids = [.. changed.Select(scored => scored.Lead.Id)];
        int?[] scores = [.. changed.Select(scored => scored.Score)];
        await db.Database.ExecuteSqlAsync(
            $"UPDATE leads SET score = scored.score FROM unnest({ids}, {scores}::integer[]) AS scored (id, score) WHERE leads.tenant_id = {db.Caller.RequiredTenantId} AND leads.id = scored.id", cancellationToken);
        // Read anew for their etags.
        foreach (var lead in await db.Leads.AsNoTracking().Where(lead => ids.Contains(lead.Id)).OrderBy(lead => lead.Id).ToListAsync(cancellationToken))
            db.Publish(lead.Id, new V1.LeadUpdated { Lead = lead.ToMessage() }, isBulk: true);
    }
}
