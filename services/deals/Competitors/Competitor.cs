namespace Platform.Deals.Competitors;

/// <summary>Somebody else who bids for a deal; lives in the deal's row.</summary>
internal sealed record Competitor
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required V1.CompetitorStatus Status { get; init; }

    public required string Notes { get; init; }

    /// <summary>Makes the competitor of a message; it keeps its id where that is one of <paramref name="known"/>.</summary>
    public static Competitor Create(V1.Competitor message, HashSet<Guid> known) => new()
    {
        // Taken out, so that a copied one gets an id of its own.
        Id = Guid.TryParse(message.Id, out var id) && known.Remove(id) ? id : Guid.CreateVersion7(),
        Name = message.Name.Trim(),
        Status = message.Status == V1.CompetitorStatus.Unspecified ? V1.CompetitorStatus.Bidding : message.Status,
        Notes = message.Notes.Trim(),
    };

    public V1.Competitor ToMessage() => new() { Id = Id.ToString(), Name = Name, Status = Status, Notes = Notes };
}
