using Platform.Contacts.V1;
using Platform.Search.V1;
using Platform.Testing;
using Xunit;

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

    private async Task<Rebuild> DoneAsync(Rebuild rebuild)
    {
        await Eventually.HoldsAsync(async () => (rebuild = await Rebuilds.GetRebuildAsync(new GetRebuildRequest { Id = rebuild.Id }, cancellationToken: Token)).State == RebuildState.Done, TimeSpan.FromSeconds(60));
        return rebuild;
    }
}
