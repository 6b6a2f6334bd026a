using Google.Protobuf.WellKnownTypes;
using Platform.Data;

namespace Platform.Tenants.Policies;

/// <summary>A rule that narrows what roles grant.</summary>
internal sealed class Policy : Entity
{
    public string Name { get; private set; } = "";

    public string Description { get; private set; } = "";

    public string Resource { get; private set; } = "";

    public bool Everyone { get; private set; }

    public List<string> Roles { get; private set; } = [];

    public List<Guid> TeamIds { get; private set; } = [];

    public List<Guid> UserIds { get; private set; } = [];

    public V1.PolicyEffect Effect { get; private set; }

    public List<string> Actions { get; private set; } = [];

    public string Filter { get; private set; } = "";

    public List<PolicyField> FieldRules { get; private set; } = [];

    public bool Disabled { get; private set; }

    public static Policy Create(V1.Policy message, DateTimeOffset now)
    {
        var policy = new Policy { CreateTime = now };
        policy.Update(message, now);
        return policy;
    }

    public void Update(V1.Policy message, DateTimeOffset now)
    {
        Name = message.Name.Trim();
        Description = message.Description.Trim();
        Resource = message.Resource;
        Everyone = message.Subjects.Everyone;
        Roles = [.. message.Subjects.Roles.Distinct()];
        TeamIds = [.. message.Subjects.TeamIds.Select(Guid.Parse).Distinct()];
        UserIds = [.. message.Subjects.UserIds.Select(Guid.Parse).Distinct()];
        Effect = message.Effect;
        Actions = [.. message.Actions.Distinct()];
        Filter = message.Filter.Trim();
        FieldRules = [.. message.FieldRules.Select(rule => new PolicyField { Path = rule.Path, Access = rule.Access })];
        Disabled = message.Disabled;
        UpdateTime = now;
    }

    /// <summary>How closely the policy names a person whom it concerns; unspecified where it concerns the person not.</summary>
    public V1.PolicySpecificity SpecificityFor(Guid user, IReadOnlyCollection<Guid> teams, IReadOnlyCollection<string> roles) =>
        UserIds.Contains(user) ? V1.PolicySpecificity.User
        : TeamIds.Exists(teams.Contains) ? V1.PolicySpecificity.Team
        : Roles.Exists(roles.Contains) ? V1.PolicySpecificity.Role
        : Everyone ? V1.PolicySpecificity.Everyone
        : V1.PolicySpecificity.Unspecified;

    public V1.AccessPolicy ToAccess(V1.PolicySpecificity specificity) => new()
    {
        Id = Id.ToString(),
        Name = Name,
        Resource = Resource,
        Specificity = specificity,
        Effect = Effect,
        Actions = { Actions },
        Filter = Filter,
        FieldRules = { FieldRules.Select(rule => rule.ToMessage()) },
    };

    public V1.Policy ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        Name = Name,
        Description = Description,
        Resource = Resource,
        Subjects = new V1.PolicySubjects
        {
            Everyone = Everyone,
            Roles = { Roles },
            TeamIds = { TeamIds.Select(team => team.ToString()) },
            UserIds = { UserIds.Select(user => user.ToString()) },
        },
        Effect = Effect,
        Actions = { Actions },
        Filter = Filter,
        FieldRules = { FieldRules.Select(rule => rule.ToMessage()) },
        Disabled = Disabled,
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
    };
}

/// <summary>What a policy leaves of a field.</summary>
internal sealed class PolicyField
{
    public required string Path { get; init; }

    public required V1.FieldAccess Access { get; init; }

    public V1.FieldRule ToMessage() => new() { Path = Path, Access = Access };
}
