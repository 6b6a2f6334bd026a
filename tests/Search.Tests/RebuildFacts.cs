using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Contacts.V1;
using Platform.Search.Rebuilding;
using Platform.Search.V1;
using Platform.Tenancy;
using Platform.Testing;
using Xunit;
using Rebuild = Platform.Search.V1.Rebuild;
using RebuildsService = Platform.Search.V1.RebuildsService;

namespace Search.Tests;

public sealed class RebuildFacts(SearchFixture search) : IClassFixture<SearchFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RebuildsService.RebuildsServiceClient Rebuilds => new(search.GrpcFor(_tenant, "search.admin"));

    [Fact]
    public async Task What_no_event_told_of_is_found_and_what_is_gone_is_not()
    {
        var stale = await search.KeepPersonAsync(_tenant, "Gone", "Before");
        var missed = new Person { Id = $"{Guid.CreateVersion7()}", FirstName = "Never", LastName = "Told" };
        search.Owned[_tenant] = [missed];
        Assert.Equal([stale.Id], await search.IdsAsync(_tenant, "gone before"));
        var done = await DoneAsync(await Rebuilds.StartRebuildAsync(new StartRebuildRequest(), cancellationToken: Token));
        Assert.Equal([missed.Id], await search.IdsAsync(_tenant, "never told"));
        Assert.Empty(await search.IdsAsync(_tenant, "gone before"));
        Assert.Equal((1, true), done.Progress.Where(part => part.Type == "contacts.person").Select(part => ((int)part.ReadCount, part.Done)).Single());
        Assert.All(done.Progress, part => Assert.True(part.Done));
        await Eventually.HoldsAsync(async () => await search.Database.QueryAsync<long>($"SELECT count(*) FROM search_words WHERE tenant_id = '{_tenant}' AND generation = 1") == 0);
    }

    [Fact]
    public async Task Search_goes_on_meanwhile_and_what_changes_meanwhile_is_in_the_new_index()
    {
        var before = await search.KeepPersonAsync(_tenant, "Early", "Bird");
        search.Owned[_tenant] = [before];
        search.Pause[_tenant] = new TaskCompletionSource();
        var rebuild = await Rebuilds.StartRebuildAsync(new StartRebuildRequest(), cancellationToken: Token);
        Assert.Equal(rebuild.Id, (await Rebuilds.StartRebuildAsync(new StartRebuildRequest(), cancellationToken: Token)).Id);
        Assert.Equal([before.Id], await search.IdsAsync(_tenant, "early bird"));
        var meanwhile = await search.KeepPersonAsync(_tenant, "Late", "Bird");
        await search.KeepAsync(_tenant, new PersonUpdated { Person = new Person(before) { FirstName = "Renamed" } });
        Assert.Equal([before.Id, meanwhile.Id], (await search.IdsAsync(_tenant, "bird")).Order());
        search.Pause[_tenant].SetResult();
        await DoneAsync(rebuild);
        Assert.Equal([before.Id, meanwhile.Id], (await search.IdsAsync(_tenant, "bird")).Order());
        Assert.Equal([before.Id], await search.IdsAsync(_tenant, "renamed"));
        Assert.Empty(await search.IdsAsync(_tenant, "early"));
    }

    [Fact]
    public async Task Only_who_may_administer_search_rebuilds_it_and_another_company_sees_nothing()
    {
        await Refusal.OfAsync("PERMISSION_DENIED", new RebuildsService.RebuildsServiceClient(search.GrpcFor(_tenant, SearchFixture.Readers)).StartRebuildAsync(new StartRebuildRequest(), cancellationToken: Token));
        var rebuild = await DoneAsync(await Rebuilds.StartRebuildAsync(new StartRebuildRequest(), cancellationToken: Token));
        var stranger = new RebuildsService.RebuildsServiceClient(search.GrpcFor(Guid.CreateVersion7(), "search.admin"));
        await Refusal.OfAsync("NOT_FOUND", stranger.GetRebuildAsync(new GetRebuildRequest { Id = rebuild.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task Two_who_begin_at_once_are_told_of_the_same_rebuild()
    {
        search.Pause[_tenant] = new TaskCompletionSource();
        await using var connection = new NpgsqlConnection(search.Database.Owner);
        await connection.OpenAsync(Token);
        await using var blocking = await connection.BeginTransactionAsync(Token);
        await using (var block = new NpgsqlCommand("LOCK TABLE rebuilds IN EXCLUSIVE MODE", connection))
            await block.ExecuteNonQueryAsync(Token);
        // Both have seen that none is running.
        var begun = Enumerable.Range(0, 2).Select(_ => Rebuilds.StartRebuildAsync(new StartRebuildRequest(), cancellationToken: Token).ResponseAsync).ToList();
        await Eventually.HoldsAsync(async () =>
            await search.Database.QueryAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 2);
        await blocking.CommitAsync(Token);
        var rebuild = Assert.Single((await Task.WhenAll(begun)).DistinctBy(rebuild => rebuild.Id));
        search.Pause[_tenant].SetResult();
        await DoneAsync(rebuild);
    }

    [Fact]
    public async Task Of_two_workers_on_a_rebuild_the_one_that_took_too_long_changes_nothing()
    {
        search.Pause[_tenant] = new TaskCompletionSource();
        var rebuild = await Rebuilds.StartRebuildAsync(new StartRebuildRequest(), cancellationToken: Token);
        var late = RunAsync(rebuild);
        await Eventually.HoldsAsync(() => search.Paused.Count(tenant => tenant == _tenant) == 2);
        // Another one has gone on.
        await search.Database.ExecuteAsync($"UPDATE rebuilds SET create_time = create_time WHERE id = '{rebuild.Id}'");
        search.Pause[_tenant].SetResult();
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => late);
        await DoneAsync(rebuild);
    }

    [Fact]
    public async Task A_worker_that_comes_when_the_next_rebuild_is_done_does_not_bring_the_old_index_back()
    {
        search.Owned[_tenant] = [new Person { Id = $"{Guid.CreateVersion7()}", FirstName = "Still", LastName = "Here" }];
        var first = await DoneAsync(await Rebuilds.StartRebuildAsync(new StartRebuildRequest(), cancellationToken: Token));
        await DoneAsync(await Rebuilds.StartRebuildAsync(new StartRebuildRequest(), cancellationToken: Token));
        await search.Database.ExecuteAsync($"UPDATE rebuilds SET end_time = NULL WHERE id = '{first.Id}'");
        await RunAsync(first);
        Assert.Single(await search.IdsAsync(_tenant, "still here"));
        Assert.Equal(3, await search.Database.QueryAsync<int>($"SELECT generation FROM tenant_indexes WHERE tenant_id = '{_tenant}'"));
    }

    // As the worker does.
    private async Task RunAsync(Rebuild rebuild)
    {
        await using var scope = search.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(_tenant, "test");
        await scope.ServiceProvider.GetRequiredService<RunRebuild>().RunAsync(Guid.Parse(rebuild.Id), Token);
    }

    private async Task<Rebuild> DoneAsync(Rebuild rebuild)
    {
        await Eventually.HoldsAsync(async () => (rebuild = await Rebuilds.GetRebuildAsync(new GetRebuildRequest { Id = rebuild.Id }, cancellationToken: Token)).State == RebuildState.Done, TimeSpan.FromSeconds(60));
        return rebuild;
    }
}
