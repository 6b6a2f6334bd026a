using CsCheck;
using Grpc.Core;
using Platform.Audit.V1;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.PipelinesStandIn;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Stages;

public sealed class DealChangeFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private static readonly string[] Followed = ["pipeline_id", "stage_id", "status", "amount", "currency", "probability", "forecast_category", "close_date", "owner_id"];

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static readonly Gen<Func<Client, string, Task>> Calls = Gen.OneOf(
        Gen.Int[0, 2].Select(i => Move(Sales.Stages[i].Id)),
        Gen.Const(Move(Partners.Stages[0].Id)),
        Gen.Int[0, 100].Select(probability => Update("probability", new Deal { Probability = probability })),
        Gen.Int[1, 28].Select(day => Update("close_date", new Deal { CloseDate = $"2027-02-{day:00}" })),
        Gen.Int[0, 3].Select(count => Update("line_items", new Deal { LineItems = { Enumerable.Range(1, count).Select(price => Line("1", $"{price}")) } })),
        Gen.Const(Update("name", new Deal { Name = "Only the name" })),
        Gen.Const(Update("close_date,probability", new Deal())));

    [Fact]
    public async Task Replaying_what_became_of_a_deal_gives_the_deal() =>
        await Calls.Array[0, 8].SampleAsync(async calls =>
        {
            var us = new Client(deals.GrpcFor(_tenant, All));
            var id = (await us.CreateAsync(Deal(Line()))).Id;
            foreach (var call in calls)
                await call(us, id);
            if (calls.Length % 2 == 0)
                await us.LoseDealAsync(new LoseDealRequest { Id = id, LossReasonId = (await us.GetAsync(id)).PipelineId == Partners.Id ? Partners.LossReasons[0].Id : "" });
            var (deal, changes) = (await us.GetAsync(id), await ChangesAsync(us, id));
            Assert.Equal(Text(deal), Replay(changes));
            // Each line begins where the one before it ended.
            var state = Followed.ToDictionary(field => field, _ => "");
            foreach (var field in changes.SelectMany(change => change.Fields))
            {
                Assert.Equal(state[field.Field], field.From);
                state[field.Field] = field.To;
            }
        }, iter: 25, threads: 2);

    [Fact]
    public async Task A_change_tells_who_when_and_what()
    {
        var sam = Guid.CreateVersion7();
        var us = new Client(deals.Grpc(TestTokens.ForPerson(_tenant, sam, All)));
        var made = await us.CreateAsync(Deal());
        var moved = await us.MoveDealAsync(new MoveDealRequest { Id = made.Id, StageId = Sales.Stages[1].Id }, cancellationToken: Token);
        var changes = await ChangesAsync(us, made.Id);
        Assert.Equal(2, changes.Count);
        Assert.All(changes, change => Assert.Equal((ActorKind.Person, $"{sam}", made.Id), (change.ActorKind, change.Actor, change.DealId)));
        Assert.Equal((made.CreateTime, moved.UpdateTime), (changes[0].ChangeTime, changes[1].ChangeTime));
        Assert.Equal(
            [("stage_id", made.StageId, moved.StageId), ("probability", "50", "60")],
            changes[1].Fields.Select(field => (field.Field, field.From, field.To)));
    }

    [Fact]
    public async Task What_changes_nothing_of_the_way_of_a_deal_is_no_line_of_it_and_pages_are_newest_first()
    {
        var us = new Client(deals.GrpcFor(_tenant, All));
        var deal = await us.CreateAsync(Deal());
        await Update("name", new Deal { Name = "New" })(us, deal.Id);
        Assert.Single(await ChangesAsync(us, deal.Id));
        await Move(Sales.Stages[1].Id)(us, deal.Id);
        await Move(Sales.Stages[2].Id)(us, deal.Id);
        var first = await us.ListDealChangesAsync(new ListDealChangesRequest { DealId = deal.Id, PageSize = 2 }, cancellationToken: Token);
        Assert.Equal([Sales.Stages[2].Id, Sales.Stages[1].Id], first.Changes.Select(change => change.Fields.Single(field => field.Field == "stage_id").To));
        var rest = await us.ListDealChangesAsync(new ListDealChangesRequest { DealId = deal.Id, PageSize = 2, PageToken = first.NextPageToken }, cancellationToken: Token);
        Assert.Equal((1, ""), (rest.Changes.Count, rest.NextPageToken));
    }

    [Fact]
    public async Task Another_company_is_told_nothing_and_a_deleted_deal_keeps_its_lines_in_the_table()
    {
        var us = new Client(deals.GrpcFor(_tenant, All));
        var deal = await us.CreateAsync(Deal());
        var others = new Client(deals.GrpcFor(Guid.CreateVersion7(), All));
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => ChangesAsync(others, deal.Id));
        await us.DeleteDealAsync(new DeleteDealRequest { Id = deal.Id }, cancellationToken: Token);
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => ChangesAsync(us, deal.Id));
        Assert.Equal(2, await deals.Database.QueryAsync<long>($"SELECT count(*) FROM deal_changes WHERE tenant_id = '{_tenant}' AND deal_id = '{deal.Id}'"));
    }

    private static Func<Client, string, Task> Move(string stage) => (us, id) => us.MoveDealAsync(new MoveDealRequest { Id = id, StageId = stage }).ResponseAsync;

    private static Func<Client, string, Task> Update(string mask, Deal values) => (us, id) =>
        us.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal(values) { Id = id }, UpdateMask = Google.Protobuf.WellKnownTypes.FieldMask.FromString(mask) }).ResponseAsync;

    // From the oldest on.
    private static async Task<List<DealChange>> ChangesAsync(Client client, string deal)
    {
        var changes = (await client.ListDealChangesAsync(new ListDealChangesRequest { DealId = deal, PageSize = 200 })).Changes;
        return [.. changes.Reverse()];
    }

    private static Dictionary<string, string> Replay(IEnumerable<DealChange> changes)
    {
        var state = Followed.ToDictionary(field => field, _ => "");
        foreach (var field in changes.SelectMany(change => change.Fields))
            state[field.Field] = field.To;
        return state;
    }

    private static Dictionary<string, string> Text(Deal deal) => new()
    {
        ["pipeline_id"] = deal.PipelineId,
        ["stage_id"] = deal.StageId,
        ["status"] = deal.Status == DealStatus.Open ? "DEAL_STATUS_OPEN" : "DEAL_STATUS_LOST",
        ["amount"] = deal.Amount.Amount,
        ["currency"] = deal.Currency,
        ["probability"] = $"{deal.Probability}",
        ["forecast_category"] = $"FORECAST_CATEGORY_{System.Text.RegularExpressions.Regex.Replace($"{deal.ForecastCategory}", "(?<=[a-z])(?=[A-Z])", "_").ToUpperInvariant()}",
        ["close_date"] = deal.CloseDate,
        ["owner_id"] = deal.OwnerId,
    };
}
