namespace Platform.Filtering;

/// <summary>What expressions know of the person who asks: <c>user.id</c>, <c>user.teams</c>, <c>user.roles</c>, <c>user.subordinates</c>.</summary>
/// <param name="Id">The person; null for service accounts and background work, for whom every comparison with it is unknown.</param>
/// <param name="Teams">Ids of the teams that the person belongs to.</param>
/// <param name="Roles">Names of the roles that the person has.</param>
/// <param name="Subordinates">Ids of those below the person in the reporting hierarchy, at any depth, without the person.</param>
public sealed record CallerVariables(Guid? Id, IReadOnlyList<Guid> Teams, IReadOnlyList<string> Roles, IReadOnlyList<Guid> Subordinates)
{
    /// <summary>Of nobody.</summary>
    public static CallerVariables None { get; } = new(null, [], [], []);
}
