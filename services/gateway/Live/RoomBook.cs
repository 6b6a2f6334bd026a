namespace Platform.Gateway.Live;

/// <summary>Who of a company is in which room, at this gateway.</summary>
internal sealed class RoomBook
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Room Room, HashSet<Viewer> Viewers)> _rooms = new(StringComparer.Ordinal);

    public void Add(Viewer viewer, Room room)
    {
        lock (_lock)
        {
            if (!_rooms.TryGetValue(room.Name, out var entry))
                entry = _rooms[room.Name] = (room, []);
            entry.Viewers.Add(viewer);
            viewer.Rooms[room.Name] = room;
        }
    }

    /// <summary>False where the viewer was not in it.</summary>
    public bool Remove(Viewer viewer, string room)
    {
        lock (_lock)
        {
            viewer.Rooms.TryRemove(room, out _);
            if (!_rooms.TryGetValue(room, out var entry) || !entry.Viewers.Remove(viewer))
                return false;
            if (entry.Viewers.Count == 0)
                _rooms.Remove(room);
            return true;
        }
    }

    public IReadOnlyList<Viewer> In(string room)
    {
        lock (_lock)
            return _rooms.TryGetValue(room, out var entry) ? [.. entry.Viewers] : [];
    }

    /// <summary>Those of the rooms for which the condition holds, with who is in them.</summary>
    public IReadOnlyList<(Room Room, IReadOnlyList<Viewer> Viewers)> Where(Func<Room, bool> condition)
    {
        lock (_lock)
            return [.. _rooms.Values.Where(entry => condition(entry.Room)).Select(entry => (entry.Room, (IReadOnlyList<Viewer>)[.. entry.Viewers]))];
    }
}
