using Platform.Access.V1;
using Platform.Deals.V1;
using Platform.Tenants.V1;

namespace Deals.Tests.Access;

/// <summary>A person as the reference knows it.</summary>
public sealed record Person(Guid Id, string Role, Guid[] Teams, Guid[] Subordinates, bool MayWrite);

/// <summary>A share of a record.</summary>
public sealed record RecordShare(Guid With, bool IsTeam, ShareLevel Level);

/// <summary>A record as the reference knows it.</summary>
public sealed record Record(Guid? Owner, decimal Amount, bool HasCompany, DealStatus Status, RecordShare[] Shares);

/// <summary>Whom a policy names.</summary>
public sealed record Subjects(bool Everyone, string[] Roles, Guid[] Teams, Guid[] Users);

/// <summary>A filter, in the platform's language and in C#.</summary>
public sealed record Condition(string Text, Func<Record, Person, bool> Holds);

/// <summary>A policy as its author wrote it.</summary>
public sealed record Rule(string Name, Subjects Subjects, PolicyEffect Effect, string[] Actions, Condition Filter);

/// <summary>People, policies and records of one company.</summary>
public sealed record World(Person[] People, Rule[] Rules, Record[] Records)
{
    /// <summary>What the tenants service would tell of a person.</summary>
    public Platform.Tenants.V1.Access AccessOf(Person person) => new()
    {
        UserId = person.Id.ToString(),
        Roles = { person.Role },
        TeamIds = { person.Teams.Select(team => team.ToString()) },
        SubordinateIds = { person.Subordinates.Select(other => other.ToString()) },
        Permissions = { person.MayWrite ? Samples.All : Samples.All[..2] },
        Policies =
        {
            Rules.Select(rule => (Rule: rule, Specificity: Reference.SpecificityOf(rule, person))).Where(rule => rule.Specificity > 0).Select(rule => new AccessPolicy
            {
                Id = rule.Rule.Name,
                Name = rule.Rule.Name,
                Resource = "deals.deal",
                Specificity = (PolicySpecificity)rule.Specificity,
                Effect = rule.Rule.Effect,
                Actions = { rule.Rule.Actions },
                Filter = rule.Rule.Filter.Text,
            }),
        },
    };
}
