using Xunit;

namespace EndToEnd.Tests.Everywhere;

/// <summary>Two replicas of the service that owns the records, each asked at its own address: what one is told of fields, both know.</summary>
public sealed class ReplicaFacts(RunningStack stack)
{
    private readonly string _run = $"r{Guid.NewGuid():N}"[..8];

    [Theory]
    [InlineData("contacts")]
    [InlineData("records")]
    public async Task A_field_of_each_type_comes_and_goes_in_both_replicas(string service)
    {
        using var alice = await stack.HttpForAliceAsync();
        await using var replica = await SecondReplica.StartAsync(stack, service);
        using var first = SecondReplica.Http(await SecondReplica.FirstAsync(stack, service), alice.DefaultRequestHeaders.Authorization);
        using var second = SecondReplica.Http(replica.Address, alice.DefaultRequestHeaders.Authorization);
        var kind = service == "records" ? await Kind.MakeAsync(alice, _run) : Kind.People;
        var related = await kind.RelatedAsync(alice);
        var fields = new Stack<(FieldKind Kind, string Id)>();
        foreach (var field in FieldKind.All)
            fields.Push((field, await kind.AddAsync(alice, field, _run)));
        foreach (var field in FieldKind.All)
            await KnowAsync(field, known: true);

        // Written at one, read at the other.
        foreach (var (writer, reader) in new[] { (first, second), (second, first) })
        {
            var id = await kind.CreateAsync(writer, FieldKind.All, _run, related);
            await kind.LeadAsync(writer, related, id, _run);
            Assert.Empty(FieldKind.All.Select(field => field.KeyIn(_run)).Except(await kind.KeysAsync(reader, id)));
            foreach (var field in FieldKind.All)
                Assert.Equal([id], await kind.FindAsync(reader, $"{field.FilterIn(_run, related)} AND id = {id}"));
        }

        while (fields.TryPop(out var field))
            await Kind.RemoveAsync(alice, field.Id);
        foreach (var field in FieldKind.All)
            await KnowAsync(field, known: false);

        Task KnowAsync(FieldKind field, bool known) => Task.WhenAll(new[] { first, second }.Select(door => kind.KnowsAsync(door, field.KeyIn(_run), known)));
    }
}
