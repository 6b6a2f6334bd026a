namespace Platform.Communications.Followers;

/// <summary>A record of another service.</summary>
/// <param name="Resource">Its type: "deals.deal".</param>
/// <param name="Id">Its id.</param>
internal sealed record RecordKey(string Resource, Guid Id)
{
    /// <summary>An id that an event tells; null where it tells none.</summary>
    public static Guid? IdOf(string? text) => Guid.TryParse(text, out var id) ? id : null;

    /// <summary>The same of several.</summary>
    public static IReadOnlyList<Guid> IdsOf(IEnumerable<string> texts) => [.. texts.Select(IdOf).OfType<Guid>()];
}
