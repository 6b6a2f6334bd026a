using Platform.Access;
using Platform.Communications.V1;

namespace Platform.Gateway.Live;

/// <summary>What somebody looks at: the records of a kind, one record, or the board of a pipeline.</summary>
/// <param name="Name">As it is told.</param>
/// <param name="Resource">The kind of records.</param>
/// <param name="Id">The record; null for lists and boards.</param>
/// <param name="Pipeline">Whose board it is; null for lists and records.</param>
internal sealed record Room(string Name, string Resource, Guid? Id, Guid? Pipeline = null)
{
    /// <summary>The room of what one person is told, in which everybody is.</summary>
    public const string Notifications = "notifications";

    private const string Boards = "board";
    private const string Deals = "deals.deal";

    // A list is looked at by everybody all the time.
    /// <summary>Whether people see of each other that they are here.</summary>
    public bool HasPresence => Id is not null || Pipeline is not null;

    /// <summary>The room of that name; null where there is no such one.</summary>
    public static Room? Find(string? name)
    {
        if (name is not { Length: > 0 and <= 120 })
            return null;
        var parts = name.Split('/');
        if (parts.Length > 2 || (parts.Length == 2 && !Guid.TryParseExact(parts[1], "D", out _)))
            return null;
        if (parts is [Boards, var pipeline])
            return new Room($"{Boards}/{Guid.Parse(pipeline)}", Deals, null, Guid.Parse(pipeline));
        if (ResourceCatalogue.Find(parts[0]) is not { } known)
            return null;
        return parts is [_, var id] ? new Room($"{known.Name}/{Guid.Parse(id)}", known.Name, Guid.Parse(id)) : new Room(known.Name, known.Name, null);
    }

    /// <summary>Whether the change is told here. Lists tell of records, and not of what stands in their timelines.</summary>
    public bool Hears(Change change) => change.Resource == Everything || (change.Resource == Resource
        && (Id is { } id ? change.Id.Length == 0 || (Guid.TryParse(change.Id, out var changed) && changed == id) : change.Kind != ChangeKind.Timeline));

    /// <summary>Stands for changes that are not known any more.</summary>
    public const string Everything = "*";
}
