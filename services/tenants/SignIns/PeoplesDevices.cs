using Microsoft.EntityFrameworkCore;
using Platform.Tenants.Members;

namespace Platform.Tenants.SignIns;

/// <summary>The devices of a few people of a company while their sign-ins are written.</summary>
internal sealed class PeoplesDevices
{
    // Of what is long past, as at the first start, nobody is told any more.
    private static readonly TimeSpan News = TimeSpan.FromDays(1);

    private readonly TenantsDbContext _db;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<Guid, Member> _members;
    private readonly HashSet<Guid> _haveSome;
    private readonly Dictionary<(Guid User, string Hash), KnownDevice> _known;

    private PeoplesDevices(TenantsDbContext db, DateTimeOffset now, IEnumerable<Member> members, IReadOnlyCollection<KnownDevice> known)
    {
        (_db, _now) = (db, now);
        _members = members.ToDictionary(member => member.Id);
        _haveSome = [.. known.Select(device => device.UserId)];
        _known = known.ToDictionary(device => (device.UserId, Convert.ToHexString(device.Hash)));
    }

    public static async Task<PeoplesDevices> LoadAsync(TenantsDbContext db, IReadOnlyList<Sighting> sightings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var people = sightings.Where(sighting => !sighting.Event.IsFailure).Select(sighting => sighting.Event.Person).OfType<Guid>().Distinct().ToList();
        var members = await db.Members.AsNoTracking().Where(member => people.Contains(member.Id)).ToListAsync(cancellationToken);
        return new PeoplesDevices(db, now, members, await db.KnownDevices.Where(device => people.Contains(device.UserId)).ToListAsync(cancellationToken));
    }

    /// <summary>A device that nobody knew is remembered when somebody signs in from it, and told of unless it is the person's first.</summary>
    public void See(SignIn signIn, Sighting sighting)
    {
        if (sighting.Event.IsFailure || signIn.UserId is not { } user || !_members.TryGetValue(user, out var member))
            return;
        var hash = sighting.HashFor(signIn);
        if (_known.TryGetValue((user, Convert.ToHexString(hash)), out var known))
        {
            known.LastUseTime = signIn.CreateTime > known.LastUseTime ? signIn.CreateTime : known.LastUseTime;
            return;
        }

        var device = new KnownDevice { UserId = user, Hash = hash, LastUseTime = signIn.CreateTime };
        _db.KnownDevices.Add(device);
        _known.Add((user, Convert.ToHexString(hash)), device);
        signIn.NewDevice = !_haveSome.Add(user) && signIn.CreateTime > _now - News;
        if (signIn.NewDevice && sighting.Teller == _db.Caller.TenantId)
            _db.Publish(user, device.ToEvent(member, signIn));
    }
}
