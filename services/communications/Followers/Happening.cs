using Google.Protobuf.WellKnownTypes;

namespace Platform.Communications.Followers;

/// <summary>What happened to records, for those who follow them.</summary>
/// <param name="Kind">Of the notification: "crm.news".</param>
/// <param name="Group">What is told together while it is unread, beside the record; null where each record is told of alone.</param>
/// <param name="Records">What it happened to.</param>
/// <param name="Data">What is told of it, for those who may know all of that.</param>
internal sealed record Happening(string Kind, string? Group, IReadOnlyList<RecordKey> Records, Struct Data)
{
    /// <summary>Who caused it, and so knows of it; null where nobody is known.</summary>
    public Guid? Actor { get; init; }

    /// <summary>Whom it speaks to: they hear of it whether they follow the records or not, and follow them from then on.</summary>
    public IReadOnlyCollection<Guid> Mentioned { get; init; } = [];

    /// <summary>Others who hear of it although they do not follow the records.</summary>
    public IReadOnlyCollection<Guid> Concerned { get; init; } = [];

    /// <summary>Whether those who follow the records hear of it.</summary>
    public bool IsNews { get; init; } = true;

    /// <summary>The entry of the timeline that it is, which has to be visible itself; null where it is none.</summary>
    public Guid? Activity { get; init; }

    /// <summary>Fields, with their type in front, without which nothing is told of it.</summary>
    public IReadOnlyList<string> Needed { get; init; } = [];

    /// <summary>What of the data is told only to who sees these fields, with their type in front.</summary>
    public IReadOnlyDictionary<string, string[]> Shown { get; init; } = new Dictionary<string, string[]>();
}
