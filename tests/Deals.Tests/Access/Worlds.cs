using CsCheck;
using Platform.Access.V1;
using Platform.Deals.V1;
using Platform.Tenants.V1;

namespace Deals.Tests.Access;

/// <summary>Random companies, small enough that rules meet each other often.</summary>
internal static class Worlds
{
    private static readonly string[] Actions = ["read", "create", "update", "delete", "export"];
    private static readonly string[] Roles = ["sales", "support", "key-account"];

    private static readonly Condition[] Filters =
    [
        new("", (_, _) => true),
        new("owner_id = user.id", (record, person) => record.Owner == person.Id),
        new("owner_id : user.subordinates", (record, person) => record.Owner is { } owner && person.Subordinates.Contains(owner)),
        new("amount > 500", (record, _) => record.Amount > 500),
        new("NOT owner_id = user.id", (record, person) => record.Owner is { } owner && owner != person.Id),
        new($"company_id = \"{ContactsStandIn.Company}\"", (record, _) => record.HasCompany),
        new($"NOT company_id = \"{ContactsStandIn.Company}\"", (_, _) => false),
        new("status = DEAL_STATUS_LOST OR amount <= 100", (record, _) => record.Status == DealStatus.Lost || record.Amount <= 100),
        new("user.roles : \"sales\" AND amount < 900", (record, person) => person.Role == "sales" && record.Amount < 900),
    ];

    public static readonly Gen<World> All = Gen.Select(Gen.Int[3, 5], Gen.Int[0, 6], Gen.Int[4, 8], Gen.Int).Select((people, rules, records, seed) => Create(new Random(seed), people, rules, records));

    // One seed, one company: CsCheck varies and shrinks the sizes, and the seed is told where a sample fails.
    private static World Create(Random random, int people, int rules, int records)
    {
        var ids = Enumerable.Range(0, people).Select(_ => Guid.CreateVersion7()).ToArray();
        var teams = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToArray();
        return new World(
            [.. ids.Select(id => new Person(id, One(random, Roles), Some(random, teams), [.. Some(random, ids).Where(other => other != id)], random.Next(5) > 0))],
            [.. Enumerable.Range(0, rules).Select(index => RuleOf(random, index, ids, teams))],
            [.. Enumerable.Range(0, records).Select(_ => RecordOf(random, ids, teams))]);
    }

    private static Rule RuleOf(Random random, int index, Guid[] people, Guid[] teams)
    {
        Subjects subjects = random.Next(4) switch
        {
            0 => new(true, [], [], []),
            1 => new(random.Next(4) == 0, [One(random, Roles)], [], []),
            2 => new(false, [], [One(random, teams)], []),
            _ => new(false, random.Next(3) == 0 ? [One(random, Roles)] : [], [], [One(random, people)]),
        };
        var actions = random.Next(3) == 0 ? Actions : Some(random, Actions) is { Length: > 0 } some ? some : ["read"];
        return new Rule($"policy {index}", subjects, random.Next(5) < 2 ? PolicyEffect.Deny : PolicyEffect.Allow, actions, One(random, Filters));
    }

    private static Record RecordOf(Random random, Guid[] people, Guid[] teams)
    {
        var owner = random.Next(6) == 0 ? Guid.CreateVersion7() : One(random, people);
        RecordShare[] shares = random.Next(3) > 0 ? [] :
        [
            random.Next(2) == 0 ? new(One(random, people), false, Level(random)) : new(One(random, teams), true, Level(random)),
        ];
        return new Record(owner, random.Next(0, 11) * 100, random.Next(2) == 0, random.Next(4) == 0 ? DealStatus.Lost : DealStatus.Open, shares);
    }

    private static ShareLevel Level(Random random) => random.Next(2) == 0 ? ShareLevel.Read : ShareLevel.Write;

    private static T One<T>(Random random, T[] values) => values[random.Next(values.Length)];

    private static T[] Some<T>(Random random, T[] values) => [.. values.Where(_ => random.Next(3) == 0)];
}
