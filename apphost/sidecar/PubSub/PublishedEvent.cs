namespace Platform.Sidecar.PubSub;

/// <summary>One event as the API received it.</summary>
/// <param name="Metadata">Of the entry and of the request in one, keys without case.</param>
internal readonly record struct PublishedEvent(ReadOnlyMemory<byte> Data, string ContentType, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Its id within a bulk.</summary>
    public string EntryId { get; init; } = "";

    private static readonly Dictionary<string, string> Nothing = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>An entry's own metadata win over those of the whole request.</summary>
    public static IReadOnlyDictionary<string, string> Merge(
        IReadOnlyDictionary<string, string> request, IReadOnlyDictionary<string, string>? own = null)
    {
        if (request.Count == 0 && own is null or { Count: 0 })
            return Nothing;
        var merged = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in own is null ? request : request.Concat(own))
            merged[name] = value;
        return merged;
    }
}
