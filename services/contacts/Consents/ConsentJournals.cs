using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;

namespace Platform.Contacts.Consents;

/// <summary>The journals of records, and what they come to.</summary>
internal static class ConsentJournals
{
    /// <summary>Of each purpose the latest word, by when it was said; of equals the one that was written down last.</summary>
    public static V1.CurrentConsents Latest(this IEnumerable<ConsentStatement> statements) => new()
    {
        Consents =
        {
            statements.GroupBy(statement => statement.Purpose, StringComparer.Ordinal).OrderBy(purpose => purpose.Key, StringComparer.Ordinal)
                .Select(purpose => purpose.OrderBy(statement => statement.Time).ThenBy(statement => statement.Id).Last())
                .Select(last => new V1.Consent
                {
                    Purpose = last.Purpose,
                    State = last.Given ? V1.ConsentState.Given : V1.ConsentState.Withdrawn,
                    Time = last.Time.ToTimestamp(),
                    Source = last.Source,
                    TextVersion = last.TextVersion,
                }),
        },
    };

    /// <summary>The purposes that are agreed to.</summary>
    public static List<string> Given(this V1.CurrentConsents consents) => [.. consents.Consents.Where(consent => consent.State == V1.ConsentState.Given).Select(consent => consent.Purpose)];

    public static Task<List<ConsentStatement>> ConsentsOfPersonAsync(this ContactsDbContext db, Guid person, CancellationToken cancellationToken) =>
        db.ConsentStatements.Where(statement => statement.PersonId == person).ToListAsync(cancellationToken);

    public static Task<List<ConsentStatement>> ConsentsOfLeadAsync(this ContactsDbContext db, Guid lead, CancellationToken cancellationToken) =>
        db.ConsentStatements.Where(statement => statement.LeadId == lead).ToListAsync(cancellationToken);

    /// <summary>A record of which a merge has led statements here or elsewhere says what they come to; around the change tracker, as they were led.</summary>
    public static async Task FollowConsentsAsync(this ContactsDbContext db, IConsenting row, Guid id, CancellationToken cancellationToken) =>
        row.TakeConsents((await db.ConsentStatements.AsNoTracking().Where(statement => statement.PersonId == id || statement.LeadId == id).ToListAsync(cancellationToken)).Latest());

    /// <summary>With records that go, what they have said.</summary>
    public static async Task ForgetConsentsAsync(this ContactsDbContext db, Guid[] ids, CancellationToken cancellationToken) => db.ConsentStatements.RemoveRange(
        await db.ConsentStatements.Where(row => (row.PersonId != null && ids.Contains(row.PersonId.Value)) || (row.LeadId != null && ids.Contains(row.LeadId.Value))).ToListAsync(cancellationToken));

    /// <summary>Puts the journals of records that are deleted by the many beside what is kept of their timelines; the fields of both are others.</summary>
    public static async Task<IReadOnlyDictionary<Guid, byte[]>> WithConsentsAsync(this Task<IReadOnlyDictionary<Guid, byte[]>> timelines, ContactsDbContext db, Guid[] ids, CancellationToken cancellationToken)
    {
        var kept = new Dictionary<Guid, byte[]>(await timelines);
        var all = await db.ConsentStatements.AsNoTracking().Where(row => (row.PersonId != null && ids.Contains(row.PersonId.Value)) || (row.LeadId != null && ids.Contains(row.LeadId.Value))).ToListAsync(cancellationToken);
        foreach (var journal in all.GroupBy(statement => (statement.PersonId ?? statement.LeadId)!.Value))
            kept[journal.Key] = [.. kept.GetValueOrDefault(journal.Key, []), .. new V1.ConsentJournal { Statements = { journal.Select(statement => statement.ToMessage()) } }.ToByteArray()];
        return kept;
    }

    /// <summary>Writes down again what was kept so.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="kept">What was kept.</param>
    /// <param name="restore">Makes a statement of the record that is there again: by what it said, when it was written down, and by whom.</param>
    public static void BringBackConsents(this ContactsDbContext db, byte[] kept, Func<V1.ConsentStatement, DateTimeOffset, string, ConsentStatement> restore) => db.ConsentStatements.AddRange(
        V1.ConsentJournal.Parser.ParseFrom(kept).Statements.Select(said => restore(said, said.RecordTime.ToDateTimeOffset(), said.RecordedBy)));
}
