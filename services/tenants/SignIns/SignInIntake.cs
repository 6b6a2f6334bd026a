using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Tenancy;
using Platform.Tenants.Members;

namespace Platform.Tenants.SignIns;

/// <summary>Writes entries of the identity server's journal into those of the companies that they concern.</summary>
internal sealed partial class SignInIntake(IServiceScopeFactory scopes, MemberKeys members, TimeProvider time, ILogger<SignInIntake> logger)
{
    /// <summary>
    /// Takes the events, the oldest first. What was taken before is left as it is. False where a company's database is away, or does not
    /// take them: the same events are to be taken again later.
    /// </summary>
    public async Task<bool> TakeAsync(IReadOnlyList<IdentityEvent> events, CancellationToken cancellationToken)
    {
        var (companies, areAll) = await members.CompaniesOfAsync([.. events.Select(entry => entry.Person).OfType<Guid>().Distinct()], cancellationToken);
        var byTenant = events
            .SelectMany(entry => TenantsOf(entry, companies, areAll).Select(tenant => (Tenant: tenant, Event: entry)))
            .ToLookup(pair => pair.Tenant, pair => pair.Event);
        var notes = new Dictionary<string, BrowserNote>(StringComparer.Ordinal);
        foreach (var group in byTenant.Where(group => group.Key != Installation.Id))
            areAll &= await TryAsync(() => ReadNotesAsync(group.Key, [.. group], notes, cancellationToken), cancellationToken);
        foreach (var group in byTenant)
            areAll &= await TryAsync(() => WriteAsync(group.Key, [.. group.Select(entry => Sight(entry, notes, companies))], cancellationToken), cancellationToken);
        return areAll;
    }

    /// <summary>Whether the databases of all companies answer.</summary>
    public Task<bool> AllAnswerAsync(CancellationToken cancellationToken) => members.AllAnswerAsync(cancellationToken);

    // People without a company, and names that nobody has, are the operators' to look at; who may be of a company that does not answer is not.
    private static IEnumerable<Guid> TenantsOf(IdentityEvent entry, ILookup<Guid, Guid> companies, bool areAll) =>
        entry.Person is { } person && (companies.Contains(person) || !areAll) ? companies[person] : [Installation.Id];

    // Of one company: what is wrong there holds up no other.
    private async Task<bool> TryAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && (failure is DbUpdateException or TimeoutException || failure.GetBaseException() is NpgsqlException))
        {
            LogFailed(logger, failure.GetBaseException().Message);
            return false;
        }
    }

    private static Sighting Sight(IdentityEvent entry, Dictionary<string, BrowserNote> notes, ILookup<Guid, Guid> companies)
    {
        var note = entry is { IsFailure: false, SessionId: { } session } ? notes.GetValueOrDefault(session) : null;
        return new Sighting(entry, note, note?.TenantId ?? companies[entry.Person ?? Guid.Empty].Order().FirstOrDefault());
    }

    // The gateway tells of a browser in the company that was signed in to; it counts in all companies of the person.
    private async Task ReadNotesAsync(Guid tenant, List<IdentityEvent> events, Dictionary<string, BrowserNote> notes, CancellationToken cancellationToken)
    {
        var people = events.Where(entry => entry is { IsFailure: false, SessionId: not null }).ToLookup(entry => entry.SessionId!, entry => entry.Person);
        if (people.Count == 0)
            return;
        var sessions = people.Select(session => session.Key).ToList();
        await using var scope = Open(tenant, out var db);
        foreach (var note in await db.BrowserNotes.AsNoTracking().Where(note => sessions.Contains(note.SessionId)).ToListAsync(cancellationToken))
        {
            if (people[note.SessionId].Contains(note.UserId))
                notes.TryAdd(note.SessionId, note);
        }
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sign-ins of a company could not be written ({Reason}); they are taken again later")]
    private static partial void LogFailed(ILogger logger, string reason);
}
