using System.Text.RegularExpressions;
using Isolation.Tests.Contracts;
using Isolation.Tests.Oracle;
using Isolation.Tests.Seeding;
using Platform.Tenancy;

namespace Isolation.Tests.Attacks;

/// <summary>Calls of A with what is B's: first each id of each call by each door, then everybody, then all of it mixed.</summary>
internal sealed partial class CallAttack(Doors doors, Seeder seeder, Company a, Company b, Secrets secrets, Tally tally)
{
    // How often two answers must differ before they count as telling.
    private const int Comparisons = 3;

    private readonly IReadOnlyList<Person> _people = Person.Of(a, b);

    /// <summary>Every id of every request, alone, as the administrator of A: by every door, or each by one of them in turn.</summary>
    public async Task EachIdAsync(IEnumerable<Rpc> rpcs, int seed, bool byEveryDoor, CancellationToken cancellationToken)
    {
        foreach (var rpc in rpcs)
        {
            var request = a.Requests[rpc.FullName].Fill(rpc.Method.InputType);
            foreach (var path in Leaf.Of(request).Where(leaf => leaf.IsId).Select(leaf => leaf.Path).ToList())
            {
                var ways = Doors.Of(rpc);
                foreach (var door in byEveryDoor ? ways : [ways[seed % ways.Count]])
                {
                    var mutation = new Mutation(a, b, secrets, new Random(seed++));
                    request = a.Requests[rpc.FullName].Fill(rpc.Method.InputType);
                    mutation.ReplaceId(Leaf.Of(request).First(leaf => leaf.Path == path), rpc);
                    await MakeAsync(new Call(rpc, request, door, a.Token), _people[0], mutation, cancellationToken);
                }
            }
        }
    }

    /// <summary>Every call as everybody else, at a resource of B; those who may nothing all of them, or one of them in turn.</summary>
    public async Task EverybodyAsync(int seed, bool inTurn, CancellationToken cancellationToken)
    {
        var others = _people.Where(person => person.MayNothing).ToList();
        foreach (var (turn, rpc) in Rpc.All.Index())
        {
            foreach (var person in _people.Skip(1).Where(person => !inTurn || !person.MayNothing || person == others[turn % others.Count]))
            {
                var mutation = new Mutation(a, b, secrets, new Random(seed++));
                var request = a.Requests[rpc.FullName].Fill(rpc.Method.InputType);
                foreach (var leaf in Leaf.Of(request).Where(leaf => leaf.IsId).ToList())
                    mutation.ReplaceId(leaf, rpc);
                var door = Doors.Of(rpc)[seed % Doors.Of(rpc).Count];
                await MakeAsync(new Call(rpc, request, door, person.Token) { Headers = person.Headers }, person, mutation, cancellationToken);
            }
        }
    }

    /// <summary>Any call, by any door, as somebody, with anything of B's anywhere.</summary>
    public async Task MixedAsync(int seed, int count, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var rpc = Rpc.All[random.Next(Rpc.All.Count)];
            var person = random.Next(4) > 0 ? _people[0] : _people[random.Next(_people.Count)];
            if (!rpc.Reads && random.Next(4) == 0)
                await seeder.FreshAsync(rpc.Resource, cancellationToken);
            var mutation = new Mutation(a, b, secrets, random);
            var request = a.Requests[rpc.FullName].Fill(rpc.Method.InputType);
            mutation.ReplaceSome(request, rpc);
            var headers = new List<(string Name, string Value)>(person.Headers);
            // A service account names its tenant by this header: with B in it, it would work for B, as it may.
            headers.AddRange(Disguises.Headers(b, random).Where(header => !person.IsService || header.Name != Caller.TenantHeader));
            if (random.Next(3) == 0)
                headers.Add(("idempotency-key", b.IdempotencyKeys.ElementAt(random.Next(b.IdempotencyKeys.Count))));
            var call = new Call(rpc, request, Doors.Of(rpc)[random.Next(Doors.Of(rpc).Count)], person.Token)
            {
                Headers = headers,
                Query = random.Next(6) == 0 ? Disguises.Query(b, random) : "",
                Fields = random.Next(6) == 0 ? Disguises.Fields(b, random) : "",
            };
            await MakeAsync(call, person, mutation, cancellationToken);
        }
    }

    // Whoever has a token may ask what it may do, and is told: nothing.
    private static readonly HashSet<string> OfOneself = ["GetAccess", "GetGrant", "ExplainAccess"];

    private async Task MakeAsync(Call call, Person person, Mutation mutation, CancellationToken cancellationToken)
    {
        var answer = await doors.MakeAsync(call, cancellationToken);
        tally.Count(tally.Codes, answer.Code);
        tally.Count(tally.Rpcs, call.Rpc.FullName);
        var said = Uuid().Matches(call.ToString()).Select(match => Guid.Parse(match.Value)).ToHashSet();
        if (secrets.In(answer, said, person.KnowsTenant) is { } secret)
            tally.Find($"{person.Name} learned {secret} from {call}: {answer.Text}");
        if (person.MayNothing && answer.IsOk && !OfOneself.Contains(call.Rpc.Method.Name))
            tally.Find($"{person.Name} was let in: {call}");
        if (answer.Code is "UNKNOWN" or "INTERNAL" or "500" or "502")
            tally.Find($"{person.Name} broke something by {call}: {answer.Text}");
        if (mutation.Said.Count > 0 && (!answer.IsOk || call.Rpc.Reads))
            await CompareAsync(call, answer, mutation, person, cancellationToken);
    }

    // Whether B's resource exists must not show: an id that nobody has is answered in the same way. Other attackers may change what is
    // A's own between the two calls; what tells B's ids apart does so each time.
    private async Task CompareAsync(Call call, Answer answer, Mutation mutation, Person person, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref tally.Twins);
        var unknown = call with { Request = mutation.Twin(call.Request) };
        for (var comparison = 1; ; comparison++)
        {
            var twin = await doors.MakeAsync(unknown, cancellationToken);
            if (answer.Code == twin.Code && (answer.IsOk || answer.Shape == twin.Shape))
                return;
            if (comparison == Comparisons)
            {
                tally.Find($"{person.Name} can tell a foreign id from an unknown one: {Start(answer.Shape)} / {Start(twin.Shape)} by {call}");
                return;
            }

            answer = await doors.MakeAsync(call, cancellationToken);
        }
    }

    private static string Start(string text) => text.Length > 400 ? text[..400] : text;

    [GeneratedRegex("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")]
    private static partial Regex Uuid();
}
