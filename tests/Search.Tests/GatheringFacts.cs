using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Contacts.V1;
using Platform.Search.Feeding;
using Platform.Search.Index;
using Platform.Search.Kinds;
using Platform.Testing;
using Xunit;

namespace Search.Tests;

/// <summary>While a write is under way, those behind it are gathered into one.</summary>
public sealed class GatheringFacts(SearchFixture search) : IClassFixture<SearchFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_comes_while_a_write_is_under_way_is_written_together_and_done_when_it_is_there()
    {
        var watch = search.Watch(_tenant);
        var (first, others) = await BeginAsync(watch, Enumerable.Range(0, GatheredWrites.Most + 1).Select(at => $"Gathered {at}"));
        Assert.DoesNotContain(others, write => write.IsCompleted);
        watch.Go.SetResult();
        await Task.WhenAll([first, .. others]);
        Assert.Equal([1, GatheredWrites.Most, 1], watch.Sizes);
        Assert.Equal(GatheredWrites.Most + 2, await search.Database.QueryAsync<long>($"SELECT count(*) FROM search_entries WHERE tenant_id = '{_tenant}'"));
    }

    [Fact]
    public async Task What_the_database_refuses_for_good_fails_alone()
    {
        var watch = search.Watch(_tenant);
        // No text in PostgreSQL has this character.
        var (first, others) = await BeginAsync(watch, ["Good one", "Bad \0 one", "Good two"]);
        watch.Go.SetResult();
        await Assert.ThrowsAsync<PostgresException>(() => others[1]);
        await Task.WhenAll(first, others[0], others[2]);
        Assert.Equal([1, 3, 1, 1, 1], watch.Sizes);
        Assert.Equal(2, (await search.IdsAsync(_tenant, "good")).Count);
        Assert.Equal("RETRY", await search.DeliverAsync(_tenant, new PersonCreated { Person = new Person { Id = $"{Guid.CreateVersion7()}", LastName = "Bad \0 one" } }));
    }

    [Fact]
    public async Task While_the_database_is_away_all_that_was_gathered_fails_and_comes_again()
    {
        var watch = search.Watch(_tenant);
        var (first, others) = await BeginAsync(watch, ["Away one", "Away two", "Away three"]);
        watch.Failure = new NpgsqlException("The connection is gone.", new IOException());
        watch.Go.SetResult();
        await first;
        foreach (var write in others)
            await Assert.ThrowsAsync<NpgsqlException>(() => write);
        Assert.Equal([1, 3], watch.Sizes);
        Assert.Empty(await search.IdsAsync(_tenant, "away"));
        watch.Failure = null;
        await WriteAsync("Away one");
        Assert.Single(await search.IdsAsync(_tenant, "away"));
    }

    [Fact]
    public async Task Of_the_states_of_a_record_that_are_gathered_the_latest_counts()
    {
        var watch = search.Watch(_tenant);
        var (first, _) = await BeginAsync(watch, []);
        var (id, now) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        var told = new[] { ("Old", now.AddSeconds(-1)), ("Before", now), ("Last", now), ("Older", now.AddSeconds(-2)) }.Select(state => WriteAsync(state.Item1, id, state.Item2)).ToList();
        watch.Go.SetResult();
        await Task.WhenAll([first, .. told]);
        Assert.Equal([$"{id}"], await search.IdsAsync(_tenant, "last"));
        Assert.Empty(await search.IdsAsync(_tenant, "before"));
    }

    [Fact]
    public async Task One_company_does_not_wait_for_the_writes_of_another()
    {
        var watch = search.Watch(_tenant);
        var (first, _) = await BeginAsync(watch, []);
        var other = Guid.CreateVersion7();
        var person = await search.KeepPersonAsync(other, "Not", "Held");
        Assert.Equal([person.Id], await search.IdsAsync(other, "held"));
        Assert.False(first.IsCompleted);
        watch.Go.SetResult();
        await first;
    }

    // The first one is held, and the others wait behind it.
    private async Task<(Task First, IReadOnlyList<Task> Others)> BeginAsync(WriteWatch watch, IEnumerable<string> names)
    {
        var first = WriteAsync("First");
        await watch.Begun.Task.WaitAsync(Eventually.Promptly, Token);
        return (first, [.. names.Select(name => WriteAsync(name))]);
    }

    private Task WriteAsync(string name, Guid? id = null, DateTimeOffset? asOf = null) => search.Services.GetRequiredService<GatheredWrites>().WriteAsync(
        _tenant, [new IndexedRecord("contacts.person", id ?? Guid.CreateVersion7(), asOf ?? TimeProvider.System.GetUtcNow(), [new IndexedText("last_name", name, 10, FieldUse.Text)])], Token);
}
