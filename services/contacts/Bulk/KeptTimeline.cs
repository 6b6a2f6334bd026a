using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Activities;

namespace Platform.Contacts.Bulk;

/// <summary>What is on the timelines of records that are deleted by the many: entries that go with them, or are about something else from then on, and come back with them.</summary>
internal static class KeptTimeline
{
    public static Task<IReadOnlyDictionary<Guid, byte[]>> OfPeopleAsync(ContactsDbContext db, Guid[] ids, CancellationToken cancellationToken) =>
        NoteAsync(Timeline.OfPeople(db, ids), row => row.PersonId!.Value, cancellationToken);

    public static Task<IReadOnlyDictionary<Guid, byte[]>> OfCompaniesAsync(ContactsDbContext db, Guid[] ids, CancellationToken cancellationToken) =>
        NoteAsync(Timeline.OfCompanies(db, ids), row => row.CompanyId!.Value, cancellationToken);

    public static Task<IReadOnlyDictionary<Guid, byte[]>> OfLeadsAsync(ContactsDbContext db, Guid[] ids, CancellationToken cancellationToken) =>
        NoteAsync(Timeline.OfLeads(db, ids), row => row.LeadId!.Value, cancellationToken);

    /// <summary>Whoever may see or change them: they follow the record.</summary>
    /// <param name="db">The unit of work, with the record saved.</param>
    /// <param name="kept">What was noted.</param>
    /// <param name="lead">Leads an entry back to the record.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task BringBackAsync(ContactsDbContext db, byte[] kept, Func<ActivityTargets, ActivityTargets> lead, CancellationToken cancellationToken)
    {
        var entries = V1.ListActivitiesResponse.Parser.ParseFrom(kept).Activities;
        var there = await Timeline.Entries(db, [.. entries.Select(entry => Guid.Parse(entry.Id))]).ToDictionaryAsync(row => row.Id, cancellationToken);
        foreach (var entry in entries)
        {
            if (there.TryGetValue(Guid.Parse(entry.Id), out var row))
            {
                db.Activities.Follow(row);
                row.SetTargets(lead(ActivityTargets.Of(row)));
                continue;
            }

            var again = Activity.Restore(entry);
            // What else it was about may be gone by now.
            again.SetTargets(lead(new ActivityTargets(null, null, null, again.DealId)));
            db.Activities.Follow(again);
            db.Activities.Restore(again);
            Reminders.Plan(db, again);
            db.Publish(again.Id, new V1.ActivityCreated { Activity = again.ToMessage(), Restored = true });
        }
    }

    private static async Task<IReadOnlyDictionary<Guid, byte[]>> NoteAsync(IQueryable<Activity> rows, Func<Activity, Guid> about, CancellationToken cancellationToken) =>
        (await rows.ToListAsync(cancellationToken)).GroupBy(about).ToDictionary(record => record.Key, record => new V1.ListActivitiesResponse { Activities = { record.Select(row => row.ToMessage()) } }.ToByteArray());
}
