using Grpc.Core;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;

namespace Deals.Tests.Access;

/// <summary>A pipeline of other teams is as if it were not there, and so are its deals and their quotes, in every way to ask.</summary>
public sealed class TeamPipelineFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly DealsService.DealsServiceClient _manager = new(deals.GrpcFor(TestTenants.Acme, [.. All, "pipelines.write"]));

    [Fact]
    public async Task Its_deals_are_nowhere_not_even_for_their_owner()
    {
        var (hidden, stage) = await HideAsync();
        var sam = Salesman(hidden);
        var deal = await _manager.CreateAsync(new Deal(Deal(Line())) { PipelineId = hidden, StageId = stage, OwnerId = $"{sam.Id}", CloseDate = "2026-12-01" });
        var seen = await sam.Deals.CreateAsync(new Deal(Deal(Line())) { CloseDate = "2026-12-01" });
        var manager = new QuotesService.QuotesServiceClient(deals.GrpcFor(TestTenants.Acme, [.. All, "pipelines.write"]));
        var quote = await manager.CreateQuoteAsync(new CreateQuoteRequest { Quote = new Quote { DealId = deal.Id } }, cancellationToken: Token);

        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => sam.Deals.GetAsync(deal.Id));
        Assert.Equal([seen.Id], (await sam.Deals.ListDealsAsync(new ListDealsRequest { Filter = $"id = \"{deal.Id}\" OR id = \"{seen.Id}\"" }, cancellationToken: Token)).Deals.Select(found => found.Id));
        await RefusedAsync(StatusCode.InvalidArgument, "pipelineId", async () => await sam.Deals.GetDealBoardAsync(new GetDealBoardRequest { PipelineId = hidden }, cancellationToken: Token));
        var reports = new ReportsService.ReportsServiceClient(sam.Invoker);
        await RefusedAsync(StatusCode.InvalidArgument, "pipelineId", async () => await reports.GetFunnelAsync(new GetFunnelRequest { PipelineId = hidden }, cancellationToken: Token));
        var forecast = new GetForecastRequest { From = "2026-12-01", To = "2026-12-01", Filter = $"owner_id = \"{sam.Id}\"" };
        Assert.Equal(1, Assert.Single((await reports.GetForecastAsync(forecast, cancellationToken: Token)).Lines).Sums.Sum(sum => sum.DealCount));
        Assert.Equal(2, Assert.Single((await new ReportsService.ReportsServiceClient(deals.GrpcFor(TestTenants.Acme, [.. All, "pipelines.write"])).GetForecastAsync(forecast, cancellationToken: Token)).Lines).Sums.Sum(sum => sum.DealCount));
        var visibility = new VisibilityService.VisibilityServiceClient(sam.Invoker);
        var asked = new FilterVisibleRequest { Records = { new RecordIds { Resource = "deals.deal", Ids = { deal.Id, seen.Id } }, new RecordIds { Resource = "deals.quote", Ids = { quote.Id } } } };
        Assert.Equal([seen.Id], (await visibility.FilterVisibleAsync(asked, cancellationToken: Token)).Records.SelectMany(records => records.Ids));
        using var rest = sam.Rest();
        Assert.DoesNotContain(deal.Id, await rest.GetStringAsync(new Uri("/api/v1/deals:export?format=csv", UriKind.Relative), Token), StringComparison.Ordinal);

        var quotes = new QuotesService.QuotesServiceClient(sam.Invoker);
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", async () => await quotes.GetQuoteAsync(new GetQuoteRequest { Id = quote.Id }, cancellationToken: Token));
        Assert.Empty((await quotes.ListQuotesAsync(new ListQuotesRequest { Filter = $"deal_id = \"{deal.Id}\"" }, cancellationToken: Token)).Quotes);
        // And nothing goes into it.
        await RefusedAsync(StatusCode.InvalidArgument, "deal.pipelineId", () => sam.Deals.CreateAsync(new Deal(Deal(Line())) { PipelineId = hidden }));
        await RefusedAsync(StatusCode.InvalidArgument, "pipelineId", async () => await sam.Deals.MoveDealAsync(new MoveDealRequest { Id = seen.Id, PipelineId = hidden }, cancellationToken: Token));
        await RefusedAsync(StatusCode.InvalidArgument, "stageId", async () => await sam.Deals.MoveDealAsync(new MoveDealRequest { Id = seen.Id, StageId = stage }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_policy_that_allows_everything_to_somebody_does_not_open_it()
    {
        var (hidden, stage) = await HideAsync();
        var everything = Salesperson.Rows("Everything", PolicyEffect.Allow, "", "read", "create", "update", "delete", "export");
        everything.Specificity = PolicySpecificity.User;
        var sam = Salesman(hidden, everything);
        var deal = await _manager.CreateAsync(new Deal(Deal(Line())) { PipelineId = hidden, StageId = stage });
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => sam.Deals.GetAsync(deal.Id));
    }

    // As the pipelines service tells it, and the tenants service denies it to everybody else.
    private async Task<(string Pipeline, string Stage)> HideAsync()
    {
        var pipeline = PipelinesStandIn.Partners.Clone();
        pipeline.TeamIds.Add($"{Guid.CreateVersion7()}");
        deals.Pipelines.Answer = () => new Platform.Pipelines.V1.PipelineBook { Pipelines = { PipelinesStandIn.Sales, pipeline } };
        await deals.DeliverAsync(TestTenants.Acme, new Platform.Pipelines.V1.PipelineChanged { Pipeline = pipeline });
        return (pipeline.Id, pipeline.Stages[0].Id);
    }

    private Salesperson Salesman(string hidden, params AccessPolicy[] policies)
    {
        var rule = Salesperson.Rows("Pipelines of other teams", PolicyEffect.Deny, $"pipeline_id = \"{hidden}\"", "read", "create", "update", "delete", "export");
        rule.Specificity = PolicySpecificity.Pipeline;
        return new Salesperson(deals, [rule, .. policies]);
    }
}
