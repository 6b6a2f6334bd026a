using Platform.Communications.V1;

namespace Platform.Gateway.Live;

/// <summary>
/// Who of a company looks at what, at all gateways. Each gateway says again and again who is at it, so that nobody stays who was at one
/// that is no more.
/// </summary>
internal sealed class Presences(TimeProvider time)
{
    private const int MostPeople = 50;

    /// <summary>So long somebody is there who was not heard of again.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(40);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<string, (PresentPerson Person, DateTimeOffset Until)>> _rooms = new(StringComparer.Ordinal);

    /// <summary>Whether other people are there now.</summary>
    public bool Hear(Presence told)
    {
        lock (_lock)
        {
            var before = PeopleIn(told.Room);
            if (!_rooms.TryGetValue(told.Room, out var windows))
                windows = _rooms[told.Room] = new(StringComparer.Ordinal);
            if (told.Gone)
                windows.Remove(told.Connection);
            else
                windows[told.Connection] = (new PresentPerson(told.UserId, told.UserName), time.GetUtcNow() + Lifetime);
            if (windows.Count == 0)
                _rooms.Remove(told.Room);
            return !before.SequenceEqual(PeopleIn(told.Room));
        }
    }

    /// <summary>The people in a room, by their names.</summary>
    public IReadOnlyList<PresentPerson> In(string room)
    {
        lock (_lock)
            return PeopleIn(room);
    }

    /// <summary>Forgets who was not heard of for too long; the rooms in which other people are now.</summary>
    public IReadOnlyList<string> Sweep()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var stale = _rooms.Where(room => room.Value.Values.Any(window => window.Until < now)).Select(room => (room.Key, Before: PeopleIn(room.Key))).ToList();
            foreach (var (room, _) in stale)
            {
                foreach (var window in _rooms[room].Where(window => window.Value.Until < now).Select(window => window.Key).ToList())
                    _rooms[room].Remove(window);
                if (_rooms[room].Count == 0)
                    _rooms.Remove(room);
            }

            return [.. stale.Where(room => !room.Before.SequenceEqual(PeopleIn(room.Key))).Select(room => room.Key)];
        }
    }

    private IReadOnlyList<PresentPerson> PeopleIn(string room) => _rooms.TryGetValue(room, out var windows)
        ? [.. windows.Values.Select(window => window.Person).DistinctBy(person => person.UserId).OrderBy(person => person.Name, StringComparer.Ordinal).ThenBy(person => person.UserId, StringComparer.Ordinal).Take(MostPeople)]
        : [];
}
