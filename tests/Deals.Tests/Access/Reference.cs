using Platform.Access.V1;
using Platform.Tenants.V1;

namespace Deals.Tests.Access;

/// <summary>docs/adr/0010 once more, in as few lines as possible and with nothing of the engine.</summary>
internal static class Reference
{
    public static bool Allows(World world, Person person, string action, Record record)
    {
        if (action is not ("read" or "export") && !person.MayWrite)
            return false;
        var concerning = world.Rules.Where(rule => rule.Actions.Contains(action) && SpecificityOf(rule, person) > 0).ToList();
        for (var specificity = 4; specificity >= 1; specificity--)
        {
            var matching = concerning.Where(rule => SpecificityOf(rule, person) == specificity && rule.Filter.Holds(record, person)).ToList();
            if (matching.Count > 0)
                return matching.All(rule => rule.Effect == PolicyEffect.Allow);
        }

        return IsGranted(person, action, record) || concerning.All(rule => rule.Effect == PolicyEffect.Deny);
    }

    /// <summary>4 for the person, 3 for a team, 2 for a role, 1 for everyone, 0 for somebody else.</summary>
    public static int SpecificityOf(Rule rule, Person person) =>
        rule.Subjects.Users.Contains(person.Id) ? 4
        : rule.Subjects.Teams.Any(person.Teams.Contains) ? 3
        : rule.Subjects.Roles.Contains(person.Role) ? 2
        : rule.Subjects.Everyone ? 1 : 0;

    private static bool IsGranted(Person person, string action, Record record)
    {
        if (action == "create")
            return false;
        if (record.Owner == person.Id)
            return true;
        var levels = record.Shares.Where(share => share.IsTeam ? person.Teams.Contains(share.With) : share.With == person.Id).Select(share => share.Level).ToList();
        return action switch
        {
            "read" => levels.Count > 0,
            "update" => levels.Contains(ShareLevel.Write),
            _ => false,
        };
    }
}
