using Platform.Pipelines.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Pipelines.Tests;

public sealed class DefaultPipelineFacts(PipelinesFixture pipelines) : IClassFixture<PipelinesFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_company_has_a_pipeline_from_the_first_question_on()
    {
        var found = Assert.Single(await pipelines.ListAsync(_tenant));
        Assert.True(found.IsDefault);
        Assert.Equal([StageKind.Open, StageKind.Won, StageKind.Lost], found.Stages.Select(stage => stage.Kind).Distinct());
        Assert.Equal([10, 25, 50, 75, 100, 0], found.Stages.Select(stage => stage.Probability));
        Assert.Equal((ForecastCategory.Commit, ForecastCategory.Closed, ForecastCategory.Omitted), (found.Stages[3].ForecastCategory, found.Stages[4].ForecastCategory, found.Stages[5].ForecastCategory));
        Assert.NotEmpty(found.LossReasons);
        Assert.Equal([found], await pipelines.ListAsync(_tenant));
        Assert.Equal(1, await pipelines.EventsAsync(_tenant));
    }

    [Fact]
    public async Task It_is_made_once_however_many_ask_at_once()
    {
        var books = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => pipelines.PipelinesOf(_tenant).GetPipelineBookAsync(new GetPipelineBookRequest(), cancellationToken: Token).ResponseAsync));
        Assert.Single(books.SelectMany(book => book.Pipelines).Select(pipeline => pipeline.Id).Distinct());
        Assert.Equal(1, await pipelines.EventsAsync(_tenant));
    }

    [Fact]
    public async Task It_is_made_when_the_company_is_and_an_event_that_comes_again_changes_nothing()
    {
        var created = new TenantCreated { Tenant = new Tenant { Id = $"{_tenant}", DisplayName = "New" } };
        Assert.Equal("SUCCESS", await pipelines.DeliverAsync(_tenant, created));
        Assert.Equal(1, await pipelines.EventsAsync(_tenant));
        var made = Assert.Single(await pipelines.ListAsync(_tenant));
        Assert.Equal("SUCCESS", await pipelines.DeliverAsync(_tenant, created));
        Assert.Equal([made], await pipelines.ListAsync(_tenant));
    }

    [Fact]
    public async Task Everybody_learns_the_stages_and_only_who_may_sees_and_changes_pipelines()
    {
        var nobody = new PipelinesService.PipelinesServiceClient(pipelines.GrpcFor(_tenant, "contacts.read"));
        Assert.Single((await nobody.GetPipelineBookAsync(new GetPipelineBookRequest(), cancellationToken: Token)).Pipelines);
        await Refusal.OfAsync("PERMISSION_DENIED", nobody.ListPipelinesAsync(new ListPipelinesRequest(), cancellationToken: Token));
        var reader = new PipelinesService.PipelinesServiceClient(pipelines.GrpcFor(_tenant, "pipelines.read"));
        await Refusal.OfAsync("PERMISSION_DENIED", reader.CreatePipelineAsync(new CreatePipelineRequest { Pipeline = new Pipeline { Name = "New" } }, cancellationToken: Token));
    }

    [Fact]
    public async Task The_book_has_the_default_first_and_archived_ones_as_well()
    {
        var first = await pipelines.CreateAsync(_tenant, "First");
        var second = await pipelines.CreateAsync(_tenant, "Second");
        var client = pipelines.PipelinesOf(_tenant);
        await client.PromotePipelineAsync(new PromotePipelineRequest { Id = second.Id }, cancellationToken: Token);
        await client.ArchivePipelineAsync(new ArchivePipelineRequest { Id = first.Id }, cancellationToken: Token);
        var book = (await client.GetPipelineBookAsync(new GetPipelineBookRequest(), cancellationToken: Token)).Pipelines;
        Assert.Equal((3, second.Id, true), (book.Count, book[0].Id, book[0].IsDefault));
        Assert.NotNull(book.Single(pipeline => pipeline.Id == first.Id).ArchiveTime);
    }
}
