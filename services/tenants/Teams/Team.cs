using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Tenancy;

namespace Platform.Tenants.Teams;

/// <summary>Members who work together. Who is in a team is in every team above it.</summary>
internal sealed class Team : Entity
{
    public string Name { get; private set; } = "";

    public Guid? ParentId { get; private set; }

    public List<TeamMember> Members { get; private set; } = [];

    public static Team Create(V1.Team message, DateTimeOffset now)
    {
        var team = new Team { CreateTime = now };
        team.Update(message, now);
        return team;
    }

    public void Update(V1.Team message, DateTimeOffset now)
    {
        Name = message.Name.Trim();
        ParentId = message.ParentId.ToIdOrNull();
        var members = message.MemberIds.Select(Guid.Parse).ToHashSet();
        Members.RemoveAll(member => !members.Remove(member.UserId));
        Members.AddRange(members.Select(user => new TeamMember { TeamId = Id, UserId = user }));
        UpdateTime = now;
    }

    public V1.Team ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        Name = Name,
        ParentId = ParentId.ToIdText(),
        MemberIds = { Members.Select(member => member.UserId).Order().Select(user => user.ToString()) },
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
    };
}

/// <summary>That a person is in a team.</summary>
internal sealed class TeamMember : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid TeamId { get; init; }

    public Guid UserId { get; init; }
}
