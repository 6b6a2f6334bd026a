using Platform.Data;

namespace Platform.Deals.Team;

/// <summary>Somebody of the company who works on a deal beside its owner; lives in the deal's row.</summary>
internal sealed record TeamMember
{
    public required Guid UserId { get; init; }

    public required string Role { get; init; }

    public static TeamMember Create(V1.DealTeamMember message) => new() { UserId = Guid.Parse(message.UserId), Role = message.Role.Trim() };

    public V1.DealTeamMember ToMessage() => new() { UserId = UserId.ToString(), Role = Role };
}
