using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Bulk.V1;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;
using Activity = Platform.Contacts.V1.Activity;
using ActivityKind = Platform.Contacts.V1.ActivityKind;
using ActivityRequirement = Platform.Pipelines.V1.ActivityRequirement;
using ActivityStatus = Platform.Contacts.V1.ActivityStatus;

namespace Deals.Tests.Bulk;

/// <summary>Many deals are worked on at once, each as though it were written alone.</summary>
public sealed class BulkDealFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    [Fact]
    public async Task Open_ones_are_given_away_and_changed_and_are_as_they_were_when_that_is_taken_back()
    {
        var (tenant, user, heir) = (Guid.CreateVersion7(), Guid.CreateVersion7(), $"{Guid.CreateVersion7()}");
        var token = TestTokens.ForPerson(tenant, user, All);
        var (client, jobs) = (new DealsService.DealsServiceClient(deals.Grpc(token)), new BulkService.BulkServiceClient(deals.Grpc(token)));
        var (first, second, won) = (await client.CreateAsync(Deal(Line())), await client.CreateAsync(Deal()), await client.CreateAsync(Deal(Line())));
        await client.WinDealAsync(new WinDealRequest { Id = won.Id }, cancellationToken: Token);
        var given = await DoneAsync(await jobs.BulkDealsAsync(new BulkDealsRequest { All = true, Assign = new BulkAssign { OwnerId = heir } }, cancellationToken: Token));
        Assert.Equal((3L, 2L, 1L), (given.Total, given.Done, given.Failed));
        var failed = await jobs.ListBulkJobItemsAsync(new ListBulkJobItemsRequest { BulkJobId = given.Id, Outcome = BulkOutcome.Failed }, cancellationToken: Token);
        Assert.Equal((won.Id, "DEAL_CLOSED"), Assert.Single(failed.Items.Select(item => (item.RecordId, item.Code))));
        var changed = await DoneAsync(await jobs.BulkDealsAsync(
            new BulkDealsRequest { Filter = "status = DEAL_STATUS_OPEN", Update = new BulkDealUpdate { Deal = new Deal { NextStep = "Call", CloseDate = "2027-01-31" } } }, cancellationToken: Token));
        Assert.Equal((heir, "Call", "2027-01-31"), await client.GetAsync(first.Id) is var now ? (now.OwnerId, now.NextStep, now.CloseDate) : default);
        Assert.Equal(2, await deals.PublishedAsync(first.Id, nameof(DealUpdated)));
        await Samples.RefusedAsync(StatusCode.InvalidArgument, "update.updateMask", async () => await jobs.BulkDealsAsync(
            new BulkDealsRequest { All = true, Update = new BulkDealUpdate { Deal = new Deal { Currency = "USD" } } }, cancellationToken: Token));
        // Customers are looked up once, as whoever begins sees them.
        await CustomerAsync(StatusCode.InvalidArgument, "update.deal.companyId", new Deal { CompanyId = $"{Guid.CreateVersion7()}" });
        await CustomerAsync(StatusCode.Unavailable, "CONTACTS_UNAVAILABLE", new Deal { PersonId = ContactsStandIn.Unreachable });
        // Where they cannot be looked up later, that is tried again, and costs no deal.
        var sold = await DoneAsync(await jobs.BulkDealsAsync(
            new BulkDealsRequest { Ids = { first.Id, second.Id }, Update = new BulkDealUpdate { Deal = new Deal { CompanyId = ContactsStandIn.Flickering } } }, cancellationToken: Token));
        Assert.Equal((2L, ContactsStandIn.Flickering), (sold.Done, (await client.GetAsync(second.Id)).CompanyId));
        foreach (var job in (BulkJob[])[sold, changed, given])
        {
            var undone = await DoneAsync(await jobs.UndoBulkJobAsync(new UndoBulkJobRequest { Id = job.Id }, cancellationToken: Token));
            Assert.Equal((2L, 0L), (undone.Undo.Restored, undone.Undo.Kept));
        }

        foreach (var deal in (Deal[])[first, second])
            Assert.Equal(Plain(deal), Plain(await client.GetAsync(deal.Id)));
        var file = await DoneAsync(await jobs.BulkDealsAsync(new BulkDealsRequest { All = true, Export = new BulkExport { Columns = { "id", "amount.amount" } } }, cancellationToken: Token));
        using var rest = deals.Rest(token);
        var lines = (await rest.GetStringAsync(new Uri($"/api/v1/deals/bulkJobs/{file.Id}/file", UriKind.Relative), Token)).Split("\r\n");
        Assert.Equal(["id,amount.amount", $"{first.Id},100.00", $"{second.Id},0.00"], lines[..3]);

        Task CustomerAsync(StatusCode status, string reason, Deal deal) =>
            RefusedAsync(status, reason, async () => await jobs.BulkDealsAsync(new BulkDealsRequest { All = true, Update = new BulkDealUpdate { Deal = deal } }, cancellationToken: Token));
        Task<BulkJob> DoneAsync(BulkJob job) => EndedAsync(jobs, job);
    }

    [Fact]
    public async Task They_go_into_another_stage_where_they_have_what_it_asks_for_and_back_to_where_they_were()
    {
        var token = TestTokens.ForPerson(Guid.CreateVersion7(), Guid.CreateVersion7(), All);
        var (client, jobs) = (new DealsService.DealsServiceClient(deals.Grpc(token)), new BulkService.BulkServiceClient(deals.Grpc(token)));
        var (usual, strict) = (deals.Pipelines.Answer, PipelinesStandIn.Sales.Clone());
        var to = strict.Stages[1];
        to.RequiredFields.Add("amount");
        deals.Pipelines.Answer = () => new Platform.Pipelines.V1.PipelineBook { Pipelines = { strict, PipelinesStandIn.Partners } };
        var (ready, sure, bare) = (await client.CreateAsync(Deal(Line())), await client.CreateAsync(new Deal(Deal(Line())) { Probability = 77 }), await client.CreateAsync(Deal()));
        deals.Pipelines.Answer = usual;
        var job = await MoveAsync(new Deal { StageId = to.Id });
        Assert.Equal((3L, 2L, 1L), (job.Total, job.Done, job.Failed));
        Assert.Equal((bare.Id, "STAGE_NEEDS_FIELDS"), (await jobs.ListBulkJobItemsAsync(new ListBulkJobItemsRequest { BulkJobId = job.Id, Outcome = BulkOutcome.Failed }, cancellationToken: Token)).Items.Select(item => (item.RecordId, item.Code)).Single());
        Assert.Equal([(to.Id, to.Probability), (to.Id, 77)], new[] { await client.GetAsync(ready.Id), await client.GetAsync(sure.Id) }.Select(deal => (deal.StageId, deal.Probability)));
        Assert.Equal(1, await deals.PublishedAsync(ready.Id, nameof(DealStageChanged)));
        await EndedAsync(jobs, await jobs.UndoBulkJobAsync(new UndoBulkJobRequest { Id = job.Id }, cancellationToken: Token));
        foreach (var deal in (Deal[])[ready, sure, bare])
            Assert.Equal(Plain(deal), Plain(await client.GetAsync(deal.Id)));
        // A deal is won and lost alone, and goes into no stage that there is not.
        await RefusedAsync(StatusCode.InvalidArgument, "update.deal.stageId", () => MoveAsync(new Deal { StageId = PipelinesStandIn.Sales.Stages.First(stage => stage.Kind == Platform.Pipelines.V1.StageKind.Won).Id }));
        await RefusedAsync(StatusCode.InvalidArgument, "update.deal.stageId", () => MoveAsync(new Deal { StageId = "second" }));
        await RefusedAsync(StatusCode.InvalidArgument, "update.deal.pipelineId", () => MoveAsync(new Deal { PipelineId = $"{Guid.CreateVersion7()}" }));

        async Task<BulkJob> MoveAsync(Deal to) => await EndedAsync(jobs, await jobs.BulkDealsAsync(new BulkDealsRequest { All = true, Update = new BulkDealUpdate { Deal = to } }, cancellationToken: Token));
    }

    [Fact]
    public async Task What_was_done_with_them_is_asked_before_any_is_locked_and_again_of_one_that_goes_elsewhere_meanwhile()
    {
        var token = TestTokens.ForPerson(Guid.CreateVersion7(), Guid.CreateVersion7(), All);
        var (client, jobs) = (new DealsService.DealsServiceClient(deals.Grpc(token)), new BulkService.BulkServiceClient(deals.Grpc(token)));
        var (usual, strict) = (deals.Pipelines.Answer, PipelinesStandIn.Sales.Clone());
        var (between, to) = (strict.Stages[1], strict.Stages[2]);
        between.ExitActivities.Add(new ActivityRequirement { Kind = ActivityKind.Meeting, Count = 1 });
        to.RequiredActivities.Add(new ActivityRequirement { Kind = ActivityKind.Call, Count = 1 });
        deals.Pipelines.Answer = () => new Platform.Pipelines.V1.PipelineBook { Pipelines = { strict, PipelinesStandIn.Partners } };
        var (ready, astray, bare) = (await client.CreateAsync(Deal()), await client.CreateAsync(Deal()), await client.CreateAsync(Deal()));
        deals.Activities.All.AddRange([Call(ready), Call(astray)]);
        var asked = 0;
        deals.Activities.Meanwhile = async request =>
        {
            await deals.Database.ExecuteAsync($"SELECT FROM deals WHERE id IN ('{ready.Id}', '{astray.Id}', '{bare.Id}') FOR UPDATE NOWAIT");
            if (request.DealId == astray.Id && Interlocked.Increment(ref asked) == 1)
                await client.MoveDealAsync(new MoveDealRequest { Id = astray.Id, StageId = between.Id }, cancellationToken: Token);
        };
        var job = await EndedAsync(jobs, await jobs.BulkDealsAsync(new BulkDealsRequest { All = true, Update = new BulkDealUpdate { Deal = new Deal { StageId = to.Id } } }, cancellationToken: Token));
        deals.Activities.Meanwhile = _ => Task.CompletedTask;
        deals.Pipelines.Answer = usual;
        Assert.Equal((3L, 1L, 2L), (job.Total, job.Done, job.Failed));
        var items = (await jobs.ListBulkJobItemsAsync(new ListBulkJobItemsRequest { BulkJobId = job.Id }, cancellationToken: Token)).Items;
        Assert.Equal([(ready.Id, ""), (astray.Id, "STAGE_NEEDS_ACTIVITIES"), (bare.Id, "STAGE_NEEDS_ACTIVITIES")], items.Select(item => (item.RecordId, item.Code)));
        Assert.Contains("meeting", items[1].Message, StringComparison.Ordinal);
        Assert.Equal((to.Id, between.Id), ((await client.GetAsync(ready.Id)).StageId, (await client.GetAsync(astray.Id)).StageId));

        static Activity Call(Deal deal) => new() { DealId = deal.Id, Kind = ActivityKind.Call, Status = ActivityStatus.Done };
    }

    [Fact]
    public async Task Those_that_are_deleted_come_back_with_what_no_message_tells_and_no_report_is_another_one()
    {
        var tenant = Guid.CreateVersion7();
        var token = TestTokens.ForPerson(tenant, Guid.CreateVersion7(), All);
        var (client, jobs, reports) = (new DealsService.DealsServiceClient(deals.Grpc(token)), new BulkService.BulkServiceClient(deals.Grpc(token)), new ReportsService.ReportsServiceClient(deals.Grpc(token)));
        var (sure, plain, quoted, won) = (await client.CreateAsync(new Deal(Deal(Line())) { Probability = 77, CloseDate = "2029-05-05", Competitors = { new Competitor { Name = "Rival" } } }), await client.CreateAsync(Deal()), await client.CreateAsync(Deal(Line())), await client.CreateAsync(Deal(Line())));
        await new QuotesService.QuotesServiceClient(deals.Grpc(token)).CreateQuoteAsync(new CreateQuoteRequest { Quote = new Quote { DealId = quoted.Id } }, cancellationToken: Token);
        // Of quotes there are files, and nothing else.
        var file = await EndedAsync(jobs, await jobs.BulkQuotesAsync(new BulkQuotesRequest { All = true, Export = new BulkExport { Columns = { "deal_id", "status" } } }, cancellationToken: Token));
        using var rest = deals.Rest(token);
        Assert.Equal(["deal_id,status", $"{quoted.Id},QUOTE_STATUS_DRAFT"], (await rest.GetStringAsync(new Uri($"/api/v1/deals/bulkJobs/{file.Id}/file", UriKind.Relative), Token)).Trim().Split("\r\n"));
        Assert.Contains(quoted.Id, await rest.GetStringAsync(new Uri("/api/v1/quotes:export?filter=status%20%3D%20QUOTE_STATUS_DRAFT", UriKind.Relative), Token), StringComparison.Ordinal);
        await RefusedAsync(StatusCode.InvalidArgument, "operation", async () => await jobs.BulkQuotesAsync(new BulkQuotesRequest { All = true }, cancellationToken: Token));
        await client.WinDealAsync(new WinDealRequest { Id = won.Id }, cancellationToken: Token);
        await deals.Database.ExecuteAsync($"UPDATE deals SET readers = '{{user:{plain.Id}}}' WHERE id = '{sure.Id}'");
        sure = await client.GetAsync(sure.Id);
        var before = await FunnelAsync();
        var job = await EndedAsync(jobs, await jobs.BulkDealsAsync(new BulkDealsRequest { All = true, Delete = new BulkDelete() }, cancellationToken: Token));
        Assert.Equal((4L, 2L, 2L), (job.Total, job.Done, job.Failed));
        var failed = (await jobs.ListBulkJobItemsAsync(new ListBulkJobItemsRequest { BulkJobId = job.Id, Outcome = BulkOutcome.Failed }, cancellationToken: Token)).Items;
        Assert.Equal([(quoted.Id, "DEAL_HAS_QUOTES"), (won.Id, "DEAL_CLOSED")], failed.Select(item => (item.RecordId, item.Code)));
        Assert.Equal([won.Id, quoted.Id], (await client.ListDealsAsync(new ListDealsRequest(), cancellationToken: Token)).Deals.Select(deal => deal.Id));
        Assert.Equal(2, (await FunnelAsync()).Outcome.DealCount);
        Assert.Equal("true", await deals.Database.QueryAsync<string>($"SELECT data::jsonb ->> 'restorable' FROM outbox_messages WHERE aggregate_id = '{sure.Id}' AND type LIKE '%.DealDeleted'"));
        var away = DateTimeOffset.UtcNow.ToTimestamp();
        var between = (await FunnelAsync(away), await ForecastAsync(away));
        Assert.Empty(between.Item2.Lines);
        var undone = await EndedAsync(jobs, await jobs.UndoBulkJobAsync(new UndoBulkJobRequest { Id = job.Id }, cancellationToken: Token));
        Assert.Equal((2L, 0L), (undone.Undo.Restored, undone.Undo.Kept));
        // What is told of the time when they were away stays so.
        Assert.Equal(between, (await FunnelAsync(away), await ForecastAsync(away)));
        Assert.Single((await ForecastAsync(null)).Lines);
        foreach (var deal in (Deal[])[sure, plain])
            Assert.Equal(Plain(deal), Plain(await client.GetAsync(deal.Id)));
        Assert.Equal((1L, 1L, $"user:{plain.Id}"), (await deals.PublishedAsync(sure.Id, "DealRestored"), await deals.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE aggregate_id = '{plain.Id}' AND type LIKE '%.DealRestored'"),
            await deals.Database.QueryAsync<string>($"SELECT array_to_string(readers, ' ') FROM deals WHERE id = '{sure.Id}'")));
        Assert.Equal((0L, 3L), (await deals.Database.QueryAsync<long>($"SELECT count(*) FROM past_deals WHERE tenant_id = '{tenant}'"), await deals.Database.QueryAsync<long>($"SELECT count(*) FROM deal_changes WHERE deal_id = '{sure.Id}'")));
        var after = await FunnelAsync();
        Assert.Equal(before.Outcome, after.Outcome);
        Assert.Equal(before.Stages, after.Stages);
        // What somebody said of it goes with it from stage to stage, as before.
        var moved = await client.MoveDealAsync(new MoveDealRequest { Id = sure.Id, StageId = PipelinesStandIn.Sales.Stages[1].Id }, cancellationToken: Token);
        Assert.Equal(77, moved.Probability);
        // Deleted for good, it is gone for reports too.
        await client.DeleteDealAsync(new DeleteDealRequest { Id = sure.Id }, cancellationToken: Token);
        Assert.Equal(3, (await FunnelAsync()).Outcome.DealCount);

        async Task<Funnel> FunnelAsync(Timestamp? asOf = null) => await reports.GetFunnelAsync(new GetFunnelRequest { AsOf = asOf }, cancellationToken: Token);
        async Task<Forecast> ForecastAsync(Timestamp? asOf) => await reports.GetForecastAsync(new GetForecastRequest { From = "2029-05-01", To = "2029-05-31", AsOf = asOf }, cancellationToken: Token);
    }

    private static async Task<BulkJob> EndedAsync(BulkService.BulkServiceClient jobs, BulkJob job)
    {
        await Eventually.HoldsAsync(async () => (await ReadAsync()).State is BulkState.Succeeded or BulkState.Undone or BulkState.Failed, TimeSpan.FromSeconds(60));
        return await ReadAsync();

        async Task<BulkJob> ReadAsync() => await jobs.GetBulkJobAsync(new GetBulkJobRequest { Id = job.Id }, cancellationToken: Token);
    }

    private static Deal Plain(Deal deal) => new(deal) { Etag = "", UpdateTime = null };
}
