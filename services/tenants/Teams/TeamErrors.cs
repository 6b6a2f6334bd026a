using Platform.Data;
using Platform.Errors;

namespace Platform.Tenants.Teams;

internal static class TeamErrors
{
    public static readonly Error Cycle = Error.Precondition("TEAM_CYCLE", "A team cannot be above itself: choose another parent.");

    public static readonly Error InUse = Error.Precondition("TEAM_IN_USE", "There are teams below this one, or policies that name it: change them first.");

    /// <summary>What the database may refuse when a team is saved.</summary>
    public static readonly Violation[] OnSave =
    [
        new UniqueViolation(TeamConfiguration.UniqueName, Error.AlreadyExists("TEAM_EXISTS", "There is a team of this name already.")),
        new ForeignKeyViolation(TeamConfiguration.ParentKey, Error.Invalid("team.parentId", "There is no such team.")),
        new ForeignKeyViolation(TeamConfiguration.MemberKey, Error.Invalid("team.memberIds", "One of these people is no member of the company.")),
    ];

    public static readonly Violation[] OnDelete = [new ForeignKeyViolation(TeamConfiguration.ParentKey, InUse)];

    public static Error NotFound(string id) => Error.NotFound("team", id);
}
