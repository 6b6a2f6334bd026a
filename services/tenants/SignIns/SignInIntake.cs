using Microsoft.EntityFrameworkCore;
using Platform.Tenancy;
using Platform.Tenants.Members;

namespace Platform.Tenants.SignIns;

/// <summary>Writes entries of the identity server's journal into those of the companies that they concern.</summary>
internal sealed class SignInIntake(IServiceScopeFactory scopes, MemberKeys members, TimeProvider time)
{
    /// <summary>Takes the events, the oldest first. What was taken before is left as it is.</summary>
    public async Task TakeAsync(IReadOnlyList<IdentityEvent> events, CancellationToken cancellationToken)
    {
        var companies = await members.CompaniesOfAsync([.. events.Select(entry => entry.Person).OfType<Guid>().Distinct()], cancellationToken);
        // People without a company, and names that nobody has, are the operators' to look at.
        var byTenant = events
            .SelectMany(entry => companies[entry.Person ?? Guid.Empty].DefaultIfEmpty(Installation.Id).Select(tenant => (Tenant: tenant, Event: entry)))
            .ToLookup(pair => pair.Tenant, pair => pair.Event);
        var notes = await NotesAsync(byTenant, cancellationToken);
        foreach (var group in byTenant)
            await WriteAsync(group.Key, [.. group.Select(entry => Sight(entry, notes, companies))], cancellationToken);
    }

    private static Sighting Sight(IdentityEvent entry, Dictionary<string, BrowserNote> notes, ILookup<Guid, Guid> companies)
    {
        var note = entry is { IsFailure: false, SessionId: { } session } ? notes.GetValueOrDefault(session) : null;
        return new Sighting(entry, note, note?.TenantId ?? companies[entry.Person ?? Guid.Empty].Order().FirstOrDefault());
    }

    // The gateway tells of a browser in the company that was signed in to; it counts in all companies of the person.
    private async Task<Dictionary<string, BrowserNote>> NotesAsync(ILookup<Guid, IdentityEvent> byTenant, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, BrowserNote>(StringComparer.Ordinal);
        foreach (var group in byTenant.Where(group => group.Key != Installation.Id))
        {
            var people = group.Where(entry => entry is { IsFailure: false, SessionId: not null }).ToLookup(entry => entry.SessionId!, entry => entry.Person);
            if (people.Count == 0)
                continue;
            var sessions = people.Select(session => session.Key).ToList();
            await using var scope = Open(group.Key, out var db);
            foreach (var note in await db.BrowserNotes.AsNoTracking().Where(note => sessions.Contains(note.SessionId)).ToListAsync(cancellationToken))
            {
                if (people[note.SessionId].Contains(note.UserId))
                    found.TryAdd(note.SessionId, note);
            }
        }

        return found;
    }

    private async Task WriteAsync(Guid tenant, List<Sighting> sightings, CancellationToken cancellationToken)
    {
        await using var scope = Open(tenant, out var db);
        var ids = sightings.ConvertAll(sighting => SignIn.IdOf(sighting.Event));
        var taken = (await db.SignIns.Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet();
        var fresh = sightings.FindAll(sighting => taken.Add(SignIn.IdOf(sighting.Event)));
        if (fresh.Count == 0)
            return;
        var devices = await PeoplesDevices.LoadAsync(db, fresh, time.GetUtcNow(), cancellationToken);
        foreach (var sighting in fresh)
        {
            var signIn = SignIn.Of(sighting.Event, sighting.Device);
            db.SignIns.Add(signIn);
            devices.See(signIn, sighting);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private AsyncServiceScope Open(Guid tenant, out TenantsDbContext db)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "sign-ins");
        db = scope.ServiceProvider.GetRequiredService<TenantsDbContext>();
        return scope;
    }
}
