using CsCheck;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.PipelinesStandIn;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;
using Teller = Platform.Deals.V1.ReportsService.ReportsServiceClient;

namespace Deals.Tests.Reports;

public sealed class FunnelFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    private static readonly Gen<Func<Client, string, Task>> Calls = Gen.OneOf(
        Gen.Int[0, 2].Select(i => Move(Sales.Stages[i].Id)),
        Gen.Const(Move(Partners.Stages[0].Id)),
        Gen.Int[0, 100].Select(probability => Update("probability", new Deal { Probability = probability })),
        Gen.Int[1, 28].Select(day => Update("close_date", new Deal { CloseDate = $"2027-02-{day:00}" })));

    private Client Us => new(deals.GrpcFor(_tenant, All));

    private Teller Told => new(deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task A_funnel_tells_how_far_deals_came_and_what_became_of_them()
    {
        await CreateAsync();
        var won = await CreateAsync(1);
        await Us.WinDealAsync(new WinDealRequest { Id = won }, cancellationToken: Token);
        var lost = await CreateAsync(2, 0, 2);
        await Us.LoseDealAsync(new LoseDealRequest { Id = lost }, cancellationToken: Token);
        await Move(Partners.Stages[0].Id)(Us, await CreateAsync());

        var funnel = await FunnelAsync(new GetFunnelRequest());
        Assert.Equal((Sales.Id, "Sales"), (funnel.PipelineId, funnel.PipelineName));
        Assert.Equal(Sales.Stages, funnel.Stages.Select(stage => stage.Stage));
        Assert.Equal([4, 2, 2, 1, 1], funnel.Stages.Select(stage => stage.ReachedCount));
        Assert.Equal([1, 0, 0, 1, 1], funnel.Stages.Select(stage => stage.CurrentCount));
        Assert.Equal([null, .5, 1, .5, .5], funnel.Stages.Select(stage => stage.HasConversion ? stage.Conversion : (double?)null));
        // Out of the first: to win by the second, twice to the third, and to the partners.
        Assert.Equal([4, 1, 2, 0, 0], funnel.Stages.Select(stage => stage.StayCount));
        var outcome = funnel.Outcome;
        Assert.Equal((4, 1, 1, 1, 1, .5), (outcome.DealCount, outcome.OpenCount, outcome.WonCount, outcome.LostCount, outcome.LeftCount, outcome.WinRate));
        Assert.Equal(("100.00", "50.00", "100.00", "100.00"), (outcome.OpenAmount.Amount, outcome.WeightedAmount.Amount, outcome.WonAmount.Amount, outcome.LostAmount.Amount));
        Assert.Equal("400.00", funnel.Stages[0].ReachedAmount.Amount);
    }

    [Fact]
    public async Task Days_in_a_stage_and_until_the_win_are_those_of_the_history()
    {
        var id = await CreateAsync(1, 2);
        await Us.WinDealAsync(new WinDealRequest { Id = id }, cancellationToken: Token);
        await CreateAsync(1);
        // Won in the moment in which it came: a time of less than a day counts as one.
        Assert.Equal("100.00", (await FunnelAsync(new GetFunnelRequest())).Outcome.Velocity.Amount);
        // The first deal came ten days ago, went on after two, and again after five more; the second after eight.
        await deals.Database.ExecuteAsync($"""
            UPDATE deal_changes SET create_time = '{_now:O}'::timestamptz - interval '1 day' * CASE
                WHEN deal_id <> '{id}' THEN CASE number WHEN 1 THEN 10 ELSE 2 END
                ELSE CASE number WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 3 ELSE 1 END END
            WHERE tenant_id = '{_tenant}'
            """);
        var funnel = await FunnelAsync(new GetFunnelRequest());
        Assert.Equal([5, 5, 2], funnel.Stages.Take(3).Select(stage => Math.Round(stage.MedianDays, 3)));
        Assert.Equal([2, 1, 1], funnel.Stages.Take(3).Select(stage => stage.StayCount));
        Assert.Equal(9, funnel.Outcome.CycleDays, 3);
        // One open deal, all decided ones won, 100 EUR each, nine days.
        Assert.Equal("11.11", funnel.Outcome.Velocity.Amount);
        Assert.Equal(0, (await FunnelAsync(new GetFunnelRequest { From = Day(-5), To = Day(0) })).Outcome.DealCount);
        Assert.Equal(2, (await FunnelAsync(new GetFunnelRequest { From = Day(-12), To = Day(-8) })).Outcome.DealCount);
    }

    [Fact]
    public async Task A_close_date_that_is_later_than_at_first_has_slipped()
    {
        var id = await CreateAsync();
        foreach (var day in new[] { "2027-01-10", "2027-03-01", "2027-01-20" })
            await Update("close_date", new Deal { CloseDate = day })(Us, id);
        await Update("close_date", new Deal { CloseDate = "2027-01-01" })(Us, await CreateAsync());
        var outcome = (await FunnelAsync(new GetFunnelRequest())).Outcome;
        Assert.Equal((1, 10), (outcome.SlippedCount, outcome.SlippedDays));
    }

    /// <summary>The sums of the funnel are those of the deals, and what was told of a moment is told again.</summary>
    [Fact]
    public async Task What_is_told_of_a_moment_is_that_of_the_deals_then_and_is_told_again_later() =>
        await Calls.Array[0, 4].Array[1, 4].SampleAsync(async rows =>
        {
            var tenant = Guid.CreateVersion7();
            var (us, told) = (new Client(deals.GrpcFor(tenant, All)), new Teller(deals.GrpcFor(tenant, All)));
            List<string> ids = [];
            foreach (var calls in rows)
            {
                ids.Add((await us.CreateAsync(Deal(Line()))).Id);
                foreach (var call in calls)
                    await call(us, ids[^1]);
            }

            var all = (await us.ListDealsAsync(new ListDealsRequest { PageSize = 200 }, cancellationToken: Token)).Deals;
            var then = all.Max(deal => deal.UpdateTime.ToDateTimeOffset()).ToTimestamp();
            var (funnel, forecast) = (await ToldOf(then), await ForecastOf(then));
            Assert.Equal(
                Sales.Stages.Select(stage => all.Count(deal => deal.StageId == stage.Id)),
                funnel.Stages.Select(stage => stage.CurrentCount));
            Assert.Equal(all.Count, funnel.Outcome.OpenCount + funnel.Outcome.LeftCount);
            Assert.Equal(all.Count(deal => deal.CloseDate.Length > 0), forecast.Lines.Sum(line => line.Sums.Sum(sum => sum.DealCount)));
            foreach (var id in ids)
                await us.LoseDealAsync(new LoseDealRequest { Id = id, LossReasonId = (await us.GetAsync(id)).PipelineId == Partners.Id ? Partners.LossReasons[0].Id : "" });
            Assert.Equal((funnel, forecast), (await ToldOf(then), await ForecastOf(then)));

            async Task<Funnel> ToldOf(Timestamp asOf) => await told.GetFunnelAsync(new GetFunnelRequest { AsOf = asOf }, cancellationToken: Token);

            async Task<Forecast> ForecastOf(Timestamp asOf) => await told.GetForecastAsync(new GetForecastRequest { From = "2026-01-01", To = "2027-12-31", AsOf = asOf }, cancellationToken: Token);
        }, iter: 8, threads: 2);

    [Fact]
    public async Task A_report_about_a_time_counts_deals_that_were_deleted_since_for_whom_they_were_there()
    {
        var own = new Access.Salesperson(deals, Access.Salesperson.Rows("Own deals", PolicyEffect.Allow, "owner_id = user.id", "read", "create", "update", "delete"));
        List<Deal> made = [];
        foreach (var client in (Client[])[new Client(deals.GrpcFor(TestTenants.Acme, All)), own.Deals, own.Deals])
            made.Add(await client.CreateAsync(new Deal(Deal(Line("1", "7"))) { CloseDate = "2029-05-05" }));
        await own.Deals.MoveDealAsync(new MoveDealRequest { Id = made[1].Id, StageId = Sales.Stages[1].Id }, cancellationToken: Token);
        var then = (await own.Deals.GetAsync(made[1].Id)).UpdateTime;
        var (everybody, narrowed) = (new Teller(deals.GrpcFor(TestTenants.Acme, All)), ReportsOf(own));
        var before = (await AskAsync(everybody, then), await AskAsync(narrowed, then), await AskAsync(narrowed, then, $"amount > 5 AND name = \"{made[1].Name}\""));
        Assert.Equal((2, 1), (before.Item2.Forecast.Lines.Single().Sums.Sum(sum => sum.DealCount), before.Item3.Forecast.Lines.Single().Sums.Sum(sum => sum.DealCount)));
        await own.Deals.DeleteDealAsync(new DeleteDealRequest { Id = made[1].Id }, cancellationToken: Token);
        await new Client(deals.GrpcFor(TestTenants.Acme, All)).DeleteDealAsync(new DeleteDealRequest { Id = made[0].Id }, cancellationToken: Token);
        Assert.Equal(before, (await AskAsync(everybody, then), await AskAsync(narrowed, then), await AskAsync(narrowed, then, $"amount > 5 AND name = \"{made[1].Name}\"")));
        // Now they are not there, and in no list.
        Assert.Equal(1, (await AskAsync(narrowed, null)).Forecast.Lines.Single().Sums.Sum(sum => sum.DealCount));
        Assert.Equal([made[2].Id], (await own.Deals.ListDealsAsync(new ListDealsRequest(), cancellationToken: Token)).Deals.Select(deal => deal.Id));

        static async Task<(Funnel Funnel, Forecast Forecast)> AskAsync(Teller told, Timestamp? asOf, string filter = "") => (
            await told.GetFunnelAsync(new GetFunnelRequest { AsOf = asOf, Filter = filter }, cancellationToken: Token),
            await told.GetForecastAsync(new GetForecastRequest { From = "2029-05-05", To = "2029-05-05", AsOf = asOf, Filter = filter }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_deleted_deal_passes_a_filter_by_an_indexed_field_of_the_company_as_it_did()
    {
        var field = new Platform.CustomFields.V1.Field { Resource = "deals.deal", Key = "region", Type = Platform.CustomFields.V1.FieldType.Text, Label = "Region", Searchable = true };
        var changed = new Platform.CustomFields.V1.FieldsChanged { Version = deals.Fields.Set(_tenant, field), Field = field };
        Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, changed));
        await Eventually.HoldsAsync(async () => await deals.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND state = 'Ready'") == 1);
        var deal = await Us.CreateAsync(new Deal(Deal(Line())) { CustomFields = Struct.Parser.ParseJson("""{"region":"north"}""") });
        await Us.CreateAsync(new Deal(Deal(Line())) { CustomFields = Struct.Parser.ParseJson("""{"region":"south"}""") });
        var then = new GetFunnelRequest { AsOf = DateTimeOffset.UtcNow.ToTimestamp(), Filter = "custom_fields.region = north" };
        var before = await FunnelAsync(then);
        Assert.Equal(1, before.Outcome.DealCount);
        await Us.DeleteDealAsync(new DeleteDealRequest { Id = deal.Id }, cancellationToken: Token);
        Assert.Equal(before, await FunnelAsync(then));
        Assert.Equal(0, (await FunnelAsync(new GetFunnelRequest { Filter = then.Filter })).Outcome.DealCount);
    }

    [Fact]
    public async Task Credit_is_divided_to_the_cent_by_what_was_said_then_and_all_of_it_is_the_deals()
    {
        var (ann, bob, eve) = ($"{Guid.CreateVersion7()}", $"{Guid.CreateVersion7()}", $"{Guid.CreateVersion7()}");
        var shared = await Us.CreateAsync(new Deal(Deal(Line("1", "100"))) { OwnerId = ann, CloseDate = "2029-05-05", Splits = { Part(ann, "33.33"), Part(bob, "33.33"), Part(eve, "33.34") } });
        await Us.CreateAsync(new Deal(Deal(Line("1", "10"))) { OwnerId = bob, CloseDate = "2029-05-06" });
        var won = await Us.CreateAsync(new Deal(Deal(Line("1", "0.01"))) { OwnerId = eve, CloseDate = "2029-05-07", Splits = { Part(ann, "50"), Part(bob, "50") } });
        await Us.WinDealAsync(new WinDealRequest { Id = won.Id }, cancellationToken: Token);
        var then = DateTimeOffset.UtcNow.ToTimestamp();
        var forecast = await ForecastAsync(Credit.Splits, null);
        Assert.Equal(Sorted((ann, "33.34"), (bob, "43.33"), (eve, "33.34")), forecast.Order());
        Assert.Equal(Sorted((ann, "100.00"), (bob, "10.00"), (eve, "0.01")), (await ForecastAsync(Credit.Owner, null)).Order());
        var funnel = await FunnelAsync(new GetFunnelRequest { ByOwner = true, Credit = Credit.Splits });
        Assert.Equal("110.00", funnel.Outcome.OpenAmount.Amount);
        Assert.Equal((110m, 0.01m, funnel.Outcome.WeightedAmount.Amount), (Sum(funnel, owner => owner.OpenAmount), Sum(funnel, owner => owner.WonAmount), $"{Sum(funnel, owner => owner.WeightedAmount):0.00}"));
        Assert.Equal((1, 1, 0.01m), funnel.Owners.Where(owner => owner.OwnerId == ann).Select(owner => (owner.OpenCount, owner.WonCount, decimal.Parse(owner.WonAmount.Amount, System.Globalization.CultureInfo.InvariantCulture))).Single());
        Assert.Empty((await FunnelAsync(new GetFunnelRequest())).Owners);
        // Whose it was then, whatever was said since.
        await Us.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = shared.Id, Splits = { Part(bob, "100") } }, UpdateMask = new FieldMask { Paths = { "splits" } } }, cancellationToken: Token);
        Assert.Equal(forecast, await ForecastAsync(Credit.Splits, then));
        Assert.Equal(Sorted((ann, "0.01"), (bob, "110.00")), (await ForecastAsync(Credit.Splits, null)).Order());

        async Task<List<(string Owner, string Amount)>> ForecastAsync(Credit credit, Timestamp? asOf) =>
            [.. (await Told.GetForecastAsync(new GetForecastRequest { From = "2029-05-01", To = "2029-05-31", ByOwner = true, Credit = credit, AsOf = asOf }, cancellationToken: Token)).Lines
                .Select(line => (line.OwnerId, $"{line.Sums.Sum(sum => decimal.Parse(sum.Amount.Amount, System.Globalization.CultureInfo.InvariantCulture)):0.00}"))];

        static IEnumerable<(string, string)> Sorted(params (string, string)[] all) => all.Order();

        static decimal Sum(Funnel funnel, Func<FunnelOwner, Platform.Common.V1.Money> amount) => funnel.Owners.Sum(owner => decimal.Parse(amount(owner).Amount, System.Globalization.CultureInfo.InvariantCulture));

        static DealSplit Part(string user, string percent) => new() { UserId = user, Percent = percent };
    }

    [Fact]
    public async Task Reports_by_team_and_by_source_are_those_of_the_moment()
    {
        var (ann, bob, north, south) = ($"{Guid.CreateVersion7()}", $"{Guid.CreateVersion7()}", $"{Guid.CreateVersion7(_now)}", $"{Guid.CreateVersion7(_now.AddSeconds(1))}");
        deals.Teams.Set(_tenant, new Team { Id = south, Name = "South", MemberIds = { ann, bob } }, new Team { Id = north, Name = "North", MemberIds = { ann } });
        // Of two teams the one that was there first; and where nobody says it, a deal came from where the lead came from that is its person.
        var first = await Us.CreateAsync(new Deal(Deal(Line("1", "100"))) { OwnerId = ann, CloseDate = "2029-05-05", PersonId = ContactsStandIn.Person });
        var second = await Us.CreateAsync(new Deal(Deal(Line("1", "10"))) { OwnerId = bob, CloseDate = "2029-05-06", Source = " web " });
        var third = await Us.CreateAsync(new Deal(Deal(Line("1", "1"))) { OwnerId = $"{Guid.CreateVersion7()}", CloseDate = "2029-05-07" });
        Assert.Equal([(north, "trade-fair"), (south, "web"), ("", "")], ((Deal[])[first, second, third]).Select(deal => (deal.TeamId, deal.Source)));
        await Us.WinDealAsync(new WinDealRequest { Id = first.Id }, cancellationToken: Token);
        var then = DateTimeOffset.UtcNow.ToTimestamp();
        (string, string)[] byTeam = [("", "1.00"), (north, "100.00"), (south, "10.00")], bySource = [("", "1.00"), ("trade-fair", "100.00"), ("web", "10.00")];
        await ToldAsync(null);
        // Whom it is given to brings another team, unless one is named; and there is no such thing as a team of nobody.
        Assert.Equal("", (await SetAsync(new Deal { Id = second.Id, OwnerId = $"{Guid.CreateVersion7()}" }, "owner_id")).TeamId);
        Assert.Equal(north, (await SetAsync(new Deal { Id = second.Id, OwnerId = bob, TeamId = north }, "owner_id", "team_id")).TeamId);
        Assert.Equal((south, "mail"), await SetAsync(new Deal { Id = third.Id, TeamId = south, Source = "mail" }, "team_id", "source") is var now ? (now.TeamId, now.Source) : default);
        await RefusedAsync(StatusCode.InvalidArgument, "deal.teamId", () => SetAsync(new Deal { Id = third.Id, TeamId = $"{Guid.CreateVersion7()}" }, "team_id"));
        // The team that it has is named as well as any other one, by a mask or without.
        Assert.Equal(north, (await SetAsync(new Deal { Id = second.Id, OwnerId = $"{Guid.CreateVersion7()}", TeamId = north }, "owner_id", "teamId")).TeamId);
        Assert.Equal(north, (await SetAsync(new Deal { Id = second.Id, OwnerId = bob, TeamId = north })).TeamId);
        await ToldAsync(then);
        (byTeam, bySource) = ([(north, "110.00"), (south, "1.00")], [("mail", "1.00"), ("trade-fair", "100.00"), ("web", "10.00")]);
        await ToldAsync(null);
        Assert.Equal(3, (await FunnelAsync(new GetFunnelRequest())).Outcome.DealCount);
        // A team is there as soon as it is made.
        var fresh = $"{Guid.CreateVersion7()}";
        deals.Teams.Set(_tenant, new Team { Id = south, Name = "South", MemberIds = { ann, bob } }, new Team { Id = north, Name = "North", MemberIds = { ann } }, new Team { Id = fresh, Name = "Fresh" });
        Assert.Equal(fresh, (await SetAsync(new Deal { Id = third.Id, TeamId = fresh }, "team_id")).TeamId);
        Assert.Equal(south, (await SetAsync(new Deal { Id = third.Id, TeamId = south }, "team_id")).TeamId);
        Assert.Equal((1, 0), (await FunnelAsync(new GetFunnelRequest { TeamId = south, AsOf = then }), await FunnelAsync(new GetFunnelRequest { TeamId = north, Source = "mail" })) is var (one, none) ? (one.Outcome.OpenCount, none.Outcome.DealCount) : default);
        Assert.Equal("100.00", Assert.Single(Assert.Single((await ForecastAsync(new GetForecastRequest { Source = "trade-fair", TeamId = north })).Lines).Sums).Amount.Amount);
        var blind = ReportsOf(new Access.Salesperson(deals, Access.Salesperson.Fields("No sources", ("source", FieldAccess.Hidden))));
        await RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", async () => await blind.GetFunnelAsync(new GetFunnelRequest { GroupBy = Grouping.Source }, cancellationToken: Token));
        await RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", async () => await blind.GetForecastAsync(new GetForecastRequest { Source = "web" }, cancellationToken: Token));

        async Task ToldAsync(Timestamp? asOf)
        {
            Assert.Equal(byTeam.Order(), (await ForecastAsync(new GetForecastRequest { GroupBy = Grouping.Team, AsOf = asOf })).Lines.Select(line => (line.TeamId, AmountOf(line))).Order());
            Assert.Equal(bySource.Order(), (await ForecastAsync(new GetForecastRequest { GroupBy = Grouping.Source, AsOf = asOf })).Lines.Select(line => (line.Source, AmountOf(line))).Order());
            Assert.Equal(bySource.Order(), (await FunnelAsync(new GetFunnelRequest { GroupBy = Grouping.Source, AsOf = asOf })).Owners.Select(line => (line.Source, line.WonCount > 0 ? line.WonAmount.Amount : line.OpenAmount.Amount)).Order());
            Assert.Equal(byTeam.Select(line => line.Item1).Order(), (await FunnelAsync(new GetFunnelRequest { GroupBy = Grouping.Team, AsOf = asOf })).Owners.Select(line => line.TeamId).Order());
        }

        static string AmountOf(ForecastLine line) => $"{line.Sums.Sum(sum => decimal.Parse(sum.Amount.Amount, System.Globalization.CultureInfo.InvariantCulture)):0.00}";

        async Task<Deal> SetAsync(Deal deal, params string[] fields) => await Us.UpdateDealAsync(new UpdateDealRequest { Deal = deal, UpdateMask = new FieldMask { Paths = { fields } } }, cancellationToken: Token);

        async Task<Forecast> ForecastAsync(GetForecastRequest request)
        {
            (request.From, request.To) = ("2029-05-01", "2029-05-31");
            return await Told.GetForecastAsync(request, cancellationToken: Token);
        }
    }

    [Fact]
    public async Task Only_deals_that_somebody_sees_count_and_no_sum_is_told_of_what_they_do_not_see()
    {
        await new Client(deals.GrpcFor(TestTenants.Acme, All)).CreateAsync(Deal(Line()));
        var own = new Access.Salesperson(deals, Access.Salesperson.Rows("Own deals", PolicyEffect.Allow, "owner_id = user.id", "read", "update"));
        await own.Deals.CreateAsync(Deal(Line("1", "7")));
        var funnel = await ReportsOf(own).GetFunnelAsync(new GetFunnelRequest(), cancellationToken: Token);
        Assert.Equal((1, "7.00"), (funnel.Outcome.DealCount, funnel.Outcome.OpenAmount.Amount));

        var blind = ReportsOf(new Access.Salesperson(deals, Access.Salesperson.Fields("No amounts", ("amount", FieldAccess.Hidden))));
        funnel = await blind.GetFunnelAsync(new GetFunnelRequest(), cancellationToken: Token);
        Assert.True(funnel.Outcome is { DealCount: > 0, OpenAmount: null, WeightedAmount: null, WonAmount: null, Velocity: null, HasUnconvertedCount: false });
        Assert.All(funnel.Stages, stage => Assert.Null(stage.ReachedAmount));
        await RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", async () => await blind.GetFunnelAsync(new GetFunnelRequest { Filter = "amount > 1" }, cancellationToken: Token));
        await RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", async () => await blind.GetForecastAsync(new GetForecastRequest { Filter = "amount > 1" }, cancellationToken: Token));
        var lost = ReportsOf(new Access.Salesperson(deals, Access.Salesperson.Fields("No stages", ("stage_id", FieldAccess.Hidden))));
        await RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", async () => await lost.GetFunnelAsync(new GetFunnelRequest(), cancellationToken: Token));
        Assert.Equal(0, (await new Teller(deals.GrpcFor(Guid.CreateVersion7(), All)).GetFunnelAsync(new GetFunnelRequest(), cancellationToken: Token)).Outcome.DealCount);
    }

    [Fact]
    public async Task A_rate_that_is_corrected_is_corrected_in_reports_and_what_a_deal_was_keeps_the_one_that_it_had()
    {
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "1.1");
        var deal = Deal(Line(currency: "USD"));
        (deal.Currency, deal.CloseDate) = ("USD", "2027-01-31");
        deal = await Us.CreateAsync(deal);
        await CorrectAsync("1.2");
        Assert.Equal(("120.00", "120.00"), await WorthAsync(asOf: null));
        await Move(Sales.Stages[1].Id)(Us, deal.Id);
        await CorrectAsync("1.3");
        Assert.Equal(("130.00", "130.00"), await WorthAsync(asOf: null));
        Assert.Equal(("120.00", "120.00"), await WorthAsync(deal.CreateTime));

        async Task CorrectAsync(string rate) => Assert.Equal(
            "SUCCESS", await deals.DeliverAsync(_tenant, new ExchangeRatesChanged { Version = deals.Rates.Set(_tenant, "USD", "2026-01-01", rate) }));

        async Task<(string, string)> WorthAsync(Timestamp? asOf)
        {
            var forecast = await Told.GetForecastAsync(new GetForecastRequest { From = "2027-01-01", To = "2027-01-31", AsOf = asOf }, cancellationToken: Token);
            return ((await FunnelAsync(new GetFunnelRequest { AsOf = asOf })).Outcome.OpenAmount.Amount, forecast.Lines.Single().Sums.Single().Amount.Amount);
        }
    }

    [Fact]
    public async Task What_is_expected_of_a_deal_is_rounded_once()
    {
        deals.Rates.Set(_tenant, "GBP", "2026-01-01", "0.0899");
        var deal = Deal(Line("1", "1", currency: "GBP"));
        (deal.Currency, deal.CloseDate) = ("GBP", "2027-01-31");
        await Us.CreateAsync(deal);
        // Half of 0.0899 is 0.04495; half of 0.09, which is what is told of its worth, would be 0.05.
        var forecast = await Told.GetForecastAsync(new GetForecastRequest { From = "2027-01-01", To = "2027-01-31" }, cancellationToken: Token);
        Assert.Equal("0.04", forecast.Lines.Single().Sums.Single().WeightedAmount.Amount);
        Assert.Equal("0.04", (await FunnelAsync(new GetFunnelRequest())).Outcome.WeightedAmount.Amount);
    }

    [Fact]
    public async Task A_deal_of_before_there_were_pipelines_has_been_on_its_way_since_it_was_made()
    {
        var id = await CreateAsync();
        await Us.WinDealAsync(new WinDealRequest { Id = id }, cancellationToken: Token);
        // As the migration left it: made twenty days ago, and won a day ago.
        await deals.Database.ExecuteAsync($"""
            UPDATE deals SET pipeline_id = NULL, stage_id = NULL, stage_change_time = NULL, changes = 0,
                create_time = '{_now:O}'::timestamptz - interval '20 days', close_time = '{_now:O}'::timestamptz - interval '1 day' WHERE tenant_id = '{_tenant}';
            DELETE FROM deal_changes WHERE tenant_id = '{_tenant}';
            """);
        Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new Platform.Pipelines.V1.PipelineChanged { Pipeline = Sales }));
        Assert.Equal(19, (await FunnelAsync(new GetFunnelRequest())).Outcome.CycleDays, 3);
        // One that had changed before it was placed came as well.
        await deals.Database.ExecuteAsync($"""
            UPDATE deals SET pipeline_id = NULL, stage_id = NULL, stage_change_time = NULL, changes = 1 WHERE tenant_id = '{_tenant}';
            UPDATE deal_changes SET pipeline_id = NULL, stage_id = NULL, create_time = create_time - interval '5 days' WHERE tenant_id = '{_tenant}';
            """);
        Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new Platform.Pipelines.V1.PipelineChanged { Pipeline = Sales }));
        Assert.Equal((1, 1), (await FunnelAsync(new GetFunnelRequest())).Outcome is var outcome ? (outcome.DealCount, outcome.WonCount) : default);
    }

    [Fact]
    public async Task A_day_begins_when_clocks_have_gone_forward_where_they_do_at_midnight()
    {
        await CreateAsync();
        // In Santiago the clocks went from 0 to 1 o'clock on 6 September 2026, which was 04:00 UTC.
        await deals.Database.ExecuteAsync($"UPDATE deal_changes SET create_time = '2026-09-06T03:30:00Z' WHERE tenant_id = '{_tenant}'");
        Assert.Equal((1, 0), (await CountAsync("2026-09-05"), await CountAsync("2026-09-06")));

        async Task<int> CountAsync(string day) => (await FunnelAsync(new GetFunnelRequest { From = day, To = day, TimeZone = "America/Santiago" })).Outcome.DealCount;
    }

    [Theory]
    [InlineData("0001-01-01", "0001-01-02")]
    [InlineData("9999-12-30", "9999-12-31")]
    public async Task Dates_that_no_clock_bears_are_refused(string from, string to)
    {
        await RefusedAsync(StatusCode.InvalidArgument, "from", () => FunnelAsync(new GetFunnelRequest { From = from, TimeZone = "Asia/Tokyo" }));
        await RefusedAsync(StatusCode.InvalidArgument, "to", () => FunnelAsync(new GetFunnelRequest { From = from, To = to, TimeZone = "America/New_York" }));
        await RefusedAsync(StatusCode.InvalidArgument, "to", async () => await Told.GetForecastAsync(new GetForecastRequest { From = from, To = to }, cancellationToken: Token));
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_said()
    {
        await RefusedAsync(StatusCode.InvalidArgument, "pipelineId", () => FunnelAsync(new GetFunnelRequest { PipelineId = $"{Guid.CreateVersion7()}" }));
        await RefusedAsync(StatusCode.InvalidArgument, "from", () => FunnelAsync(new GetFunnelRequest { From = "yesterday" }));
        await RefusedAsync(StatusCode.InvalidArgument, "to", () => FunnelAsync(new GetFunnelRequest { From = "2026-05-02", To = "2026-05-01" }));
        await RefusedAsync(StatusCode.InvalidArgument, "to", () => FunnelAsync(new GetFunnelRequest { From = "2020-05-02", To = "2026-05-03" }));
        await RefusedAsync(StatusCode.InvalidArgument, "asOf", () => FunnelAsync(new GetFunnelRequest { AsOf = _now.AddDays(1).ToTimestamp() }));
        await RefusedAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => FunnelAsync(new GetFunnelRequest { Filter = "amount >" }));
    }

    [Fact]
    public async Task A_forecast_has_a_line_a_month_and_sums_by_category()
    {
        var (sam, eve) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "0.5");
        foreach (var (owner, day, stage, currency) in new[] { (sam, "2027-01-31", 0, "EUR"), (sam, "2027-01-01", 2, "EUR"), (eve, "2027-01-15", 0, "USD"), (eve, "2027-02-01", 0, "GBP"), (eve, "2027-04-01", 0, "EUR") })
        {
            var deal = Deal(Line(currency: currency));
            (deal.OwnerId, deal.CloseDate, deal.StageId, deal.Currency) = ($"{owner}", day, Sales.Stages[stage].Id, currency);
            await Us.CreateAsync(deal);
        }

        using var rest = deals.RestFor(_tenant, All);
        var forecast = Forecast.Parser.ParseJson(await rest.GetStringAsync(new Uri("/api/v1/deals:forecast?from=2027-01-01&to=2027-03-31", UriKind.Relative), Token));
        Assert.Equal(["2027-01", "2027-02"], forecast.Lines.Select(line => line.Month));
        Assert.Equal(
            [("Pipeline", 2, "150.00", "75.00", 0), ("Commit", 1, "100.00", "80.00", 0)],
            forecast.Lines[0].Sums.Select(sum => ($"{sum.Category}", sum.DealCount, sum.Amount.Amount, sum.WeightedAmount.Amount, sum.UnconvertedCount)));
        Assert.Equal((1, "0.00", 1), (forecast.Lines[1].Sums[0].DealCount, forecast.Lines[1].Sums[0].Amount.Amount, forecast.Lines[1].Sums[0].UnconvertedCount));
        var byOwner = await Told.GetForecastAsync(new GetForecastRequest { From = "2027-01-01", To = "2027-01-31", ByOwner = true }, cancellationToken: Token);
        Assert.Equivalent(new[] { ($"{sam}", 2), ($"{eve}", 1) }, byOwner.Lines.Select(line => (line.OwnerId, line.Sums.Sum(sum => sum.DealCount))), strict: true);
    }

    private string Day(int days) => _now.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static Func<Client, string, Task> Move(string stage) => (us, id) => us.MoveDealAsync(new MoveDealRequest { Id = id, StageId = stage }).ResponseAsync;

    private static Func<Client, string, Task> Update(string mask, Deal values) => (us, id) =>
        us.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal(values) { Id = id }, UpdateMask = FieldMask.FromString(mask) }).ResponseAsync;

    private static Teller ReportsOf(Access.Salesperson person) => new(person.Invoker);

    private async Task<Funnel> FunnelAsync(GetFunnelRequest request) => await Told.GetFunnelAsync(request, cancellationToken: Token);

    // A deal that was in these stages of the sales pipeline after the first.
    private async Task<string> CreateAsync(params int[] stages)
    {
        var id = (await Us.CreateAsync(Deal(Line()))).Id;
        foreach (var stage in stages)
            await Move(Sales.Stages[stage].Id)(Us, id);
        return id;
    }
}
