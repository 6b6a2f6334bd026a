namespace Platform.Identity.Realms;

internal sealed record RolesDocument
{
    public IReadOnlyList<RoleDocument> Realm { get; init; } = [];
    public IReadOnlyDictionary<string, IReadOnlyList<RoleDocument>> Client { get; init; } = new Dictionary<string, IReadOnlyList<RoleDocument>>();
}

internal sealed record RoleDocument
{
    public required string Name { get; init; }
    public CompositesDocument? Composites { get; init; }
}

internal sealed record CompositesDocument
{
    public IReadOnlyList<string> Realm { get; init; } = [];
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Client { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
