using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Deals.V1;
using Platform.Pipelines.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.ForecastsService.ForecastsServiceClient;
using DealsClient = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Forecasts;

/// <summary>What a company with a boss, a manager and two sellers expects.</summary>
public sealed class ForecastTreeFacts : IClassFixture<DealsFixture>
{
    private const string Period = "2030-Q1";

    private readonly DealsFixture _deals;
    private readonly Guid _tenant = Guid.CreateVersion7();
    private readonly Guid _boss = Guid.CreateVersion7();
    private readonly Guid _manager = Guid.CreateVersion7();
    private readonly Guid _ann;
    private readonly Guid _bob;

    public ForecastTreeFacts(DealsFixture deals)
    {
        _deals = deals;
        // In the order in which the tree has those who report to the same person.
        Guid[] sellers = [.. new[] { Guid.CreateVersion7(), Guid.CreateVersion7() }.Order()];
        (_ann, _bob) = (sellers[0], sellers[1]);
        deals.Tenants.Members.Clear();
        deals.Tenants.Members.AddRange([Member(_boss), Member(_manager, _boss), Member(_ann, _manager), Member(_bob, _manager), Member(Guid.CreateVersion7())]);
    }

    private DealsClient Us => new(_deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task Forecasts_add_up_from_the_bottom_and_what_was_said_holds_instead()
    {
        await DealAsync(_ann, "100", "2030-01-31", ForecastCategory.Commit);
        await DealAsync(_ann, "50", "2030-03-31", ForecastCategory.Commit);
        await DealAsync(_ann, "7", "2030-04-01", ForecastCategory.Commit);
        await DealAsync(_bob, "30", "2030-02-01", ForecastCategory.BestCase);
        await DealAsync(_manager, "5", "2030-02-01", ForecastCategory.Commit);
        var boss = As(_boss, _manager, _ann, _bob);
        var tree = await TreeAsync(boss);
        Assert.Equal((Period, "2030-01-01", "2030-03-31"), (tree.Period, tree.From, tree.To));
        Assert.Equal([(_boss, ""), (_manager, $"{_boss}"), (_ann, $"{_manager}"), (_bob, $"{_manager}")], tree.Nodes.Select(node => (Guid.Parse(node.UserId), node.ManagerId)));
        Assert.Equal(["0.00 155.00 155.00", "5.00 155.00 155.00", "150.00 150.00 150.00", "0.00 0.00 0.00"], Lines(tree, ForecastCategory.Commit));
        Assert.Equal(["0.00 30.00 30.00", "0.00 30.00 30.00", "0.00 0.00 0.00", "30.00 30.00 30.00"], Lines(tree, ForecastCategory.BestCase));
        Assert.Equal(2, SumOf(tree, _ann, ForecastCategory.Commit).DealCount);

        await SayAsync(As(_ann), _ann, "120");
        await SayAsync(As(_manager, _ann, _bob), _manager, "140");
        Assert.Equal(["0.00 140.00 140.00", "5.00 125.00 140.00", "150.00 150.00 120.00", "0.00 0.00 0.00"], Lines(await TreeAsync(boss), ForecastCategory.Commit));
        // Of another period nothing was said.
        Assert.All((await boss.GetForecastTreeAsync(new GetForecastTreeRequest { Period = "2030-01" }, cancellationToken: Token)).Nodes, node => Assert.All(node.Sums, sum => Assert.Null(sum.Override)));
        await SayAsync(As(_manager, _ann, _bob), _manager, null);
        Assert.Equal(["0.00 125.00 125.00", "5.00 125.00 125.00", "150.00 150.00 120.00", "0.00 0.00 0.00"], Lines(await TreeAsync(boss), ForecastCategory.Commit));
    }

    [Fact]
    public async Task Credit_goes_up_the_hierarchy_by_its_splits_and_what_was_said_of_a_moment_is_said_again()
    {
        var shared = await Us.CreateAsync(new Deal(Deal())
        {
            OwnerId = $"{_ann}",
            AmountEstimate = Money("0.05"),
            CloseDate = "2030-01-31",
            ForecastCategory = ForecastCategory.Commit,
            Splits = { new DealSplit { UserId = $"{_ann}", Percent = "50" }, new DealSplit { UserId = $"{_bob}", Percent = "50" } },
        });
        await DealAsync(_bob, "30", "2030-02-01", ForecastCategory.Commit);
        var boss = As(_boss, _manager, _ann, _bob);
        await SayAsync(As(_manager, _ann, _bob), _manager, "31");
        string[] bySplits = ["0.00 31.00 31.00", "0.00 30.05 31.00", "0.03 0.03 0.03", "30.02 30.02 30.02"], byOwner = ["0.00 31.00 31.00", "0.00 30.05 31.00", "0.05 0.05 0.05", "30.00 30.00 30.00"];
        var tree = await ReadAsync(Credit.Splits, null);
        Assert.Equal(bySplits, Lines(tree, ForecastCategory.Commit));
        Assert.Equal(2, SumOf(tree, _bob, ForecastCategory.Commit).DealCount);
        Assert.Equal(byOwner, Lines(await ReadAsync(Credit.Owner, null), ForecastCategory.Commit));
        // What became of deals, and was said of them, later.
        var then = tree.AsOf;
        await SayAsync(As(_manager, _ann, _bob), _manager, null);
        await Us.DeleteDealAsync(new DeleteDealRequest { Id = shared.Id }, cancellationToken: Token);
        Assert.Equal(bySplits, Lines(await ReadAsync(Credit.Splits, then), ForecastCategory.Commit));
        Assert.Equal(byOwner, Lines(await ReadAsync(Credit.Owner, then), ForecastCategory.Commit));
        Assert.Equal(["0.00 30.00 30.00", "0.00 30.00 30.00", "0.00 0.00 0.00", "30.00 30.00 30.00"], Lines(await ReadAsync(Credit.Splits, null), ForecastCategory.Commit));
        await RefusedAsync(StatusCode.InvalidArgument, "asOf", () => ReadAsync(Credit.Owner, DateTimeOffset.UtcNow.AddHours(1).ToTimestamp()));

        async Task<ForecastTree> ReadAsync(Credit credit, Timestamp? asOf) => await boss.GetForecastTreeAsync(new GetForecastTreeRequest { Period = Period, Credit = credit, AsOf = asOf }, cancellationToken: Token);
    }

    [Fact]
    public async Task All_that_was_said_is_kept_with_who_said_it()
    {
        await SayAsync(As(_ann), _ann, "120", "Sure");
        await SayAsync(As(_manager, _ann, _bob), _ann, "90", "Less sure");
        await SayAsync(As(_ann), _ann, null);
        var history = (await As(_ann).ListForecastOverridesAsync(new ListForecastOverridesRequest { Period = Period }, cancellationToken: Token)).Overrides;
        Assert.Equal([(null, "", _ann), ("90.00", "Less sure", _manager), ("120.00", "Sure", _ann)], history.Select(one => (one.Amount?.Amount, one.Note, Guid.Parse(one.SetBy))));
        Assert.All(history, one => Assert.NotNull(one.SetTime));
        Assert.Empty((await As(_ann).ListForecastOverridesAsync(new ListForecastOverridesRequest { Period = Period, Category = ForecastCategory.BestCase }, cancellationToken: Token)).Overrides);
        Assert.Equal(3L, await _deals.Database.QueryAsync<long>($"SELECT count(*) FROM audit_entries WHERE tenant_id = '{_tenant}' AND resource = 'deals.forecast_override'"));
    }

    [Fact]
    public async Task A_forecast_is_for_oneself_and_those_above()
    {
        var ann = As(_ann);
        foreach (var user in new[] { _bob, _manager, _boss })
        {
            await RefusedAsync(StatusCode.PermissionDenied, "FORECAST_NOT_YOURS", () => SayAsync(ann, user, "1"));
            await RefusedAsync(StatusCode.PermissionDenied, "FORECAST_NOT_YOURS", () => ann.GetForecastTreeAsync(new GetForecastTreeRequest { UserId = $"{user}" }, cancellationToken: Token).ResponseAsync);
            await RefusedAsync(StatusCode.PermissionDenied, "FORECAST_NOT_YOURS", () => ann.ListForecastOverridesAsync(new ListForecastOverridesRequest { UserId = $"{user}", Period = Period }, cancellationToken: Token).ResponseAsync);
        }

        Assert.Equal($"{_ann}", Assert.Single((await TreeAsync(ann)).Nodes).UserId);
        var administrator = new Client(_deals.GrpcFor(_tenant, [.. All, "tenants.admin"]));
        Assert.Equal(4, (await administrator.GetForecastTreeAsync(new GetForecastTreeRequest { UserId = $"{_boss}" }, cancellationToken: Token)).Nodes.Count);
        await RefusedAsync(StatusCode.InvalidArgument, "userId", () => SayAsync(administrator, Guid.CreateVersion7(), "1"));
        var reader = Guid.CreateVersion7();
        await RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", () => SayAsync(new Client(_deals.Grpc(TokenOf(reader, ["deals.read"]))), reader, "1"));
        var stranger = new Client(_deals.GrpcFor(Guid.CreateVersion7(), [.. All, "tenants.admin"]));
        await SayAsync(ann, _ann, "5");
        Assert.Empty((await stranger.ListForecastOverridesAsync(new ListForecastOverridesRequest { UserId = $"{_ann}", Period = Period }, cancellationToken: Token)).Overrides);
    }

    [Theory]
    [InlineData("2030-13", ForecastCategory.Commit, "EUR", "period")]
    [InlineData("2030-Q5", ForecastCategory.Commit, "EUR", "period")]
    [InlineData(Period, ForecastCategory.Closed, "EUR", "category")]
    [InlineData(Period, ForecastCategory.Commit, "USD", "amount.currency")]
    public async Task What_is_wrong_with_what_is_said_is_named(string period, ForecastCategory category, string currency, string field) =>
        await RefusedAsync(StatusCode.InvalidArgument, field, () => As(_ann).OverrideForecastAsync(
            new OverrideForecastRequest { UserId = $"{_ann}", Period = period, Category = category, Amount = Money("1", currency) }, cancellationToken: Token).ResponseAsync);

    [Fact]
    public async Task Of_two_who_say_it_at_once_both_are_kept_or_one_is_told()
    {
        var calls = await Task.WhenAll(Enumerable.Range(1, 8).Select(async i =>
        {
            try
            {
                await SayAsync(As(_ann), _ann, $"{i}");
                return true;
            }
            catch (RpcException refused) when (refused.StatusCode == StatusCode.Aborted)
            {
                return false;
            }
        }));
        var kept = (await As(_ann).ListForecastOverridesAsync(new ListForecastOverridesRequest { Period = Period }, cancellationToken: Token)).Overrides;
        Assert.Equal(calls.Count(wentWell => wentWell), kept.Count);
        Assert.NotEmpty(kept);
    }

    [Fact]
    public async Task Whoever_has_not_seen_what_was_said_does_not_talk_over_it()
    {
        var boss = As(_boss, _manager, _ann, _bob);
        var unsaid = SumOf(await TreeAsync(boss), _ann, ForecastCategory.Commit).Etag;
        await SayAsync(As(_ann), _ann, "120", etag: unsaid);
        await RefusedAsync(StatusCode.Aborted, "STALE_ETAG", () => SayAsync(boss, _ann, "90", etag: unsaid));
        await SayAsync(boss, _ann, "90", etag: SumOf(await TreeAsync(boss), _ann, ForecastCategory.Commit).Etag);
        // What was taken away was said too.
        var said = SumOf(await TreeAsync(boss), _ann, ForecastCategory.Commit);
        await SayAsync(As(_ann), _ann, null, etag: said.Etag);
        await RefusedAsync(StatusCode.Aborted, "STALE_ETAG", () => SayAsync(boss, _ann, "80", etag: said.Etag));
        var after = SumOf(await TreeAsync(boss), _ann, ForecastCategory.Commit);
        Assert.Null(after.Override);
        await SayAsync(boss, _ann, "80", etag: after.Etag);
        Assert.Equal("", SumOf(await TreeAsync(boss), _ann, ForecastCategory.Closed).Etag);
    }

    [Fact]
    public async Task While_tenants_is_away_nothing_is_said_of_the_hierarchy()
    {
        _deals.Tenants.Code = StatusCode.Unavailable;
        try
        {
            await RefusedAsync(StatusCode.Unavailable, "TENANT_UNAVAILABLE", () => TreeAsync(As(_ann)));
        }
        finally
        {
            _deals.Tenants.Code = StatusCode.OK;
        }
    }

    private static Member Member(Guid user, Guid? manager = null) => new() { UserId = $"{user}", ManagerId = manager?.ToString() ?? "" };

    private static IEnumerable<string> Lines(ForecastTree tree, ForecastCategory category) =>
        tree.Nodes.Select(node => node.Sums.Single(sum => sum.Category == category)).Select(sum => $"{sum.OwnAmount.Amount} {sum.TeamAmount.Amount} {sum.Forecast.Amount}");

    private static ForecastNodeSum SumOf(ForecastTree tree, Guid user, ForecastCategory category) =>
        tree.Nodes.Single(node => node.UserId == $"{user}").Sums.Single(sum => sum.Category == category);

    private Client As(Guid user, params Guid[] below) => new(_deals.Grpc(TokenOf(user, All, below)));

    private string TokenOf(Guid user, string[] permissions, params Guid[] below)
    {
        _deals.Access.Set(_tenant, new Platform.Tenants.V1.Access { UserId = $"{user}", Roles = { "sales" }, Permissions = { permissions }, SubordinateIds = { below.Select(one => $"{one}") } });
        return TestTokens.ForPerson(_tenant, user);
    }

    private async Task<ForecastTree> TreeAsync(Client client) => await client.GetForecastTreeAsync(new GetForecastTreeRequest { Period = Period }, cancellationToken: Token);

    private static async Task<ForecastOverride> SayAsync(Client client, Guid user, string? amount, string note = "", string etag = "") => await client.OverrideForecastAsync(new OverrideForecastRequest
    {
        UserId = $"{user}",
        Period = Period,
        Category = ForecastCategory.Commit,
        Amount = amount is null ? null : Money(amount),
        Note = note,
        Etag = etag,
    }, cancellationToken: Token);

    private async Task DealAsync(Guid owner, string amount, string closeDate, ForecastCategory category) =>
        await Us.CreateAsync(new Deal(Deal()) { OwnerId = $"{owner}", AmountEstimate = Money(amount), CloseDate = closeDate, ForecastCategory = category });
}
