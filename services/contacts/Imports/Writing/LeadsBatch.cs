using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Auditing;
using Platform.Contacts.Duplicates;
using Platform.Contacts.Imports.Rows;
using Platform.Contacts.Imports.Undoing;
using Platform.Contacts.Leads;
using Platform.Contacts.Leads.Assignment;
using Platform.Events;
using Platform.Importing;
using Platform.Importing.Writing;

namespace Platform.Contacts.Imports.Writing;

/// <summary>Leads of one batch, in the open transaction. One that was converted is read-only: its row brings nothing new.</summary>
internal static class LeadsBatch
{
    public static async Task<BatchResult<RowOutcome>> WriteAsync(IReadOnlyList<RowDraft> rows, V1.ImportOptions options, ImportLog log, ContactsDbContext db, TeamDirectory teams, TimeProvider time, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var folded = await Folding.FoldAsync(db, rows.Select(row => row.Lead!.Email), cancellationToken);
        var known = await FindAsync(folded, db, cancellationToken);
        foreach (var row in await WithoutEmailAsync(rows, db, cancellationToken))
            known.TryAdd(Sameness.KeyOf(row.ToMessage()), row);
        var leads = new Shelf<Lead>(known);
        var matches = await RowDuplicates.FindAsync(DuplicateKind.Leads, [.. rows.Select(row => row.Lead!).Where(lead => !leads.Has(KeyOf(lead, folded)))], options, db, cancellationToken);
        Guid[] ids = [.. matches.Values.Where(match => match.Verdict == RowVerdict.Fill).Select(match => match.OtherId).Distinct()];
        var twins = ids.Length == 0 ? [] : await db.Leads.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        var results = rows.Select(row => Put(row, leads, matches, twins, folded, now)).ToList();
        var assigner = await LeadAssigner.OfAsync(db, teams, time, cancellationToken);
        await db.Leads.AddRatesAsync(leads.New, cancellationToken);
        foreach (var lead in leads.New)
            await assigner.AssignAsync(lead, now, cancellationToken);
        await db.Leads.PrepareNewAsync(leads.New, cancellationToken);
        var (entries, events) = await Meanwhile.ComputeAsync(() => db.InsertAsync(leads.New, cancellationToken), () => (db.EntriesOfNew(leads.New), db.BulkOf(OfNew(leads))));
        await db.AuditAsync(entries, cancellationToken);
        await log.KeepAsync(leads.New, [.. leads.Updated], row => row.ToMessage(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.PublishAsync(events.And(db.BulkOf(OfUpdated(leads))), cancellationToken);
        return new BatchResult<RowOutcome>([.. results.Where(result => result.Fault is null).Select(result => result.Outcome)], [.. results.Select(result => result.Fault).OfType<RowFault>()]);
    }

    private static string KeyOf(V1.Lead lead, Dictionary<string, string> folded) => lead.Email.Length > 0 ? folded[lead.Email] : Sameness.KeyOf(lead);

    private static (RowOutcome Outcome, RowFault? Fault) Put(
        RowDraft draft, Shelf<Lead> leads, IReadOnlyDictionary<IMessage, RowMatch> matches, Dictionary<Guid, Lead> twins, Dictionary<string, string> folded, DateTimeOffset now)
    {
        var values = draft.Lead!;
        var key = KeyOf(values, folded);
        var match = leads.Has(key) ? null : matches.GetValueOrDefault(values);
        if (match is { Verdict: RowVerdict.Reject })
            return (default, DuplicateFaults.Of(draft, match));
        if (match is { Verdict: RowVerdict.Fill })
            leads.Know(key, twins[match.OtherId]);
        var (_, change) = leads.Put(key, () => Lead.Create(values, now), row => !row.IsConverted && row.Fill(values, now));
        return (new RowOutcome(Lead: change, Warning: match is { Verdict: RowVerdict.Warn } ? DuplicateFaults.Of(draft, match) : null), null);
    }

    private static async Task<Dictionary<string, Lead>> FindAsync(Dictionary<string, string> folded, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var keys = folded.Values.Distinct().ToList();
        if (keys.Count == 0)
            return [];
        var found = await db.Leads.WithEmails(db.Caller.RequiredTenantId, keys)
            .Select(row => new { Key = EF.Property<string>(row, "LowerEmail"), Row = row })
            .ToListAsync(cancellationToken);
        // Several leads may have one address: an open one goes first, then the newest.
        return found.GroupBy(lead => lead.Key).ToDictionary(
            group => group.Key, group => group.OrderBy(lead => lead.Row.IsConverted).ThenByDescending(lead => lead.Row.CreateTime).First().Row);
    }

    private static async Task<List<Lead>> WithoutEmailAsync(IReadOnlyList<RowDraft> rows, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var names = rows.Where(row => row.Lead!.Email.Length == 0).Select(row => row.Lead!.LastName).Distinct().ToList();
        return names.Count == 0 ? [] : await db.Leads
            .Where(row => EF.Property<string?>(row, "LowerEmail") == null && names.Contains(row.LastName))
            .ToListAsync(cancellationToken);
    }

    private static IEnumerable<(Guid, IMessage)> OfNew(Shelf<Lead> leads) => leads.New.Select(row => (row.Id, (IMessage)new V1.LeadCreated { Lead = row.ToMessage() }));

    private static IEnumerable<(Guid, IMessage)> OfUpdated(Shelf<Lead> leads) => leads.Updated.Select(row => (row.Id, (IMessage)new V1.LeadUpdated { Lead = row.ToMessage() }));
}
