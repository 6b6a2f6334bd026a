using Platform.Communications.V1;

namespace Platform.Gateway.Live;

/// <summary>Tells changes to whoever is in the rooms that hear them, and may see what they name.</summary>
internal sealed class Teller(RoomBook rooms, ViewerRights rights)
{
    private const string Notification = "communications.notification";
    private const int AtOnce = 8;

    private static readonly Hint OfNotifications = new(Room.Notifications, Hint.Changed);

    /// <summary>Returns whom something was told.</summary>
    public async Task<IReadOnlySet<Viewer>> TellAsync(IReadOnlyList<Change> changes, IReadOnlyCollection<Viewer> everybody)
    {
        var told = new HashSet<Viewer>();
        foreach (var viewer in everybody.Where(viewer => changes.Any(change => IsFor(viewer, change))))
        {
            viewer.Tell("changed", OfNotifications);
            told.Add(viewer);
        }

        var heard = rooms.Where(room => changes.Any(room.Hears)).SelectMany(entry => entry.Viewers.Select(viewer => (entry.Room, Viewer: viewer))).GroupBy(entry => entry.Viewer, entry => entry.Room).ToList();
        await Parallel.ForEachAsync(heard, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (viewer, _) =>
        {
            foreach (var list in viewer.Where(room => room.Id is null))
                await TellListAsync(viewer.Key, list);
            foreach (var kind in viewer.Where(room => room.Id is not null).GroupBy(room => room.Resource))
                await TellRecordsAsync(viewer.Key, [.. kind], changes);
        });
        told.UnionWith(heard.Select(viewer => viewer.Key));
        return told;
    }

    /// <summary>Looks whether the viewer may still be in its rooms, and takes it out of the others.</summary>
    public async Task RecheckAsync(Viewer viewer)
    {
        viewer.Lists.Clear();
        foreach (var room in viewer.Rooms.Values)
        {
            if (await rights.MaySeeAsync(viewer, room) is Sight.No or Sight.Hidden)
                Lose(viewer, room.Name);
        }
    }

    private static bool IsFor(Viewer viewer, Change change) =>
        change.Resource == Room.Everything || (change.Resource == Notification && (change.UserId.Length == 0 || change.UserId == viewer.User));

    // Which of the records has changed is told to nobody: what a list shows of them is asked for again in any case.
    private async Task TellListAsync(Viewer viewer, Room list)
    {
        if (await rights.MayListAsync(viewer, list))
            viewer.Tell("changed", new Hint(list.Name, Hint.Changed));
        else
            Lose(viewer, list.Name);
    }

    private async Task TellRecordsAsync(Viewer viewer, IReadOnlyList<Room> records, IReadOnlyList<Change> changes)
    {
        var deleted = records.Where(room => LastOf(room, changes).Kind == ChangeKind.Deleted).ToList();
        foreach (var room in deleted)
            Lose(viewer, room.Name);
        var kept = records.Except(deleted).ToList();
        if (kept.Count == 0)
            return;
        var seen = await rights.AskAsync(viewer, kept[0].Resource, [.. kept.Select(room => room.Id!.Value)]);
        foreach (var room in kept)
        {
            var change = LastOf(room, changes);
            if (seen is null)
                viewer.Tell("changed", new Hint(room.Name, Hint.Changed));
            else if (!seen.Ids.Contains(room.Id!.Value))
                Lose(viewer, room.Name);
            else
                viewer.Tell("changed", new Hint(room.Name, change.Kind == ChangeKind.Timeline ? Hint.Timeline : Hint.Changed, change.Time?.ToDateTimeOffset().ToString("O"), change.Kind != ChangeKind.Timeline && change.ActorId.Length > 0 ? change.ActorId : null));
        }
    }

    // A deleted record and one that may not be seen any more look the same.
    private void Lose(Viewer viewer, string room)
    {
        if (rooms.Remove(viewer, room))
            viewer.Tell("changed", new Hint(room, Hint.Gone));
    }

    private static Change LastOf(Room room, IReadOnlyList<Change> changes)
    {
        var heard = changes.Where(room.Hears).ToList();
        return heard.LastOrDefault(change => change.Kind != ChangeKind.Timeline) ?? heard[^1];
    }
}
