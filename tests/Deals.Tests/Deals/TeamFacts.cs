using CsCheck;
using Deals.Tests.Access;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Audit.V1;
using Platform.Deals.V1;
using Platform.Monetary;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;

namespace Deals.Tests.Deals;

/// <summary>Who works on a deal, whose the credit is, and who else bids.</summary>
public sealed class TeamFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private static readonly Gen<decimal[]> Percents = Gen.Int[1, 10_000].Array[1, 20].Select(weights =>
    {
        var (whole, rest) = (weights.Sum(), 10_000 - weights.Length);
        // Each has at least a hundredth of a percent; what flooring leaves is the last one's.
        var hundredths = weights.Select(weight => 1 + (int)((long)weight * rest / whole)).ToArray();
        hundredths[^1] += 10_000 - hundredths.Sum();
        return hundredths.Select(part => part / 100m).ToArray();
    });

    private DealsService.DealsServiceClient Us => new(deals.GrpcFor(TestTenants.Acme, All));

    [Fact]
    public void Parts_of_an_amount_add_up_to_it_and_none_is_a_unit_off() =>
        Gen.Select(Gen.Long[-100_000_000_000, 100_000_000_000], Percents, Gen.OneOf(Gen.Const("EUR"), Gen.Const("JPY"), Gen.Const("BHD"))).Sample((units, percents, currency) =>
        {
            var unit = currency switch { "JPY" => 1m, "BHD" => 0.001m, _ => 0.01m };
            var amount = units * unit;
            var parts = Amounts.Split(amount, percents, currency);
            Assert.Equal(amount, parts.Sum());
            Assert.All(parts.Zip(percents), part => Assert.True(Math.Abs(part.First - (amount * part.Second / 100)) < unit));
            Assert.All(parts, part => Assert.Equal(part, Amounts.Round(part, currency)));
            // Whose share is larger gets no less.
            Assert.All(parts.Zip(percents).OrderBy(part => part.Second).Chunk(2).Where(pair => pair.Length == 2 && pair[0].Second < pair[1].Second), pair => Assert.True(Math.Abs(pair[0].First) <= Math.Abs(pair[1].First)));
        });

    [Fact]
    public async Task The_credit_for_a_deal_is_split_to_the_cent_and_follows_its_amount()
    {
        var (ann, bob, eve) = (NewId(), NewId(), NewId());
        var deal = await Us.CreateAsync(new Deal(Deal(Line("1", "100"))) { Splits = { Split(ann, "33.33"), Split(bob, "33.33"), Split(eve, "33.34") } });
        Assert.Equal([(ann, "33.33", "33.33"), (bob, "33.33", "33.33"), (eve, "33.34", "33.34")], deal.Splits.Select(split => (split.UserId, split.Percent, split.Amount.Amount)));
        var changed = await UpdateAsync(new Deal { Id = deal.Id, LineItems = { Line("1", "0.05") } });
        Assert.Equal(["0.02", "0.01", "0.02"], changed.Splits.Select(split => split.Amount.Amount));
        Assert.Equal(changed, await Us.GetAsync(deal.Id));
        Assert.Empty((await UpdateAsync(new Deal { Id = deal.Id }, "splits")).Splits);
    }

    [Theory]
    [InlineData("100.001", "deal.splits[0].percent")]
    [InlineData("0", "deal.splits[0].percent")]
    [InlineData("much", "deal.splits[0].percent")]
    [InlineData("99.99", "deal.splits")]
    public async Task Splits_are_percentages_of_the_whole(string percent, string field) =>
        await RefusedAsync(StatusCode.InvalidArgument, field, () => Us.CreateAsync(new Deal(Deal()) { Splits = { Split(NewId(), percent) } }));

    [Fact]
    public async Task Nobody_is_named_twice()
    {
        var ann = NewId();
        await RefusedAsync(StatusCode.InvalidArgument, "deal.splits", () => Us.CreateAsync(new Deal(Deal()) { Splits = { Split(ann, "50"), Split(ann.ToUpperInvariant(), "50") } }));
        await RefusedAsync(StatusCode.InvalidArgument, "deal.team", () => Us.CreateAsync(new Deal(Deal()) { Team = { Member(ann, "Sales"), Member(ann, "Law") } }));
        await RefusedAsync(StatusCode.InvalidArgument, "deal.team[0].userId", () => Us.CreateAsync(new Deal(Deal()) { Team = { Member("ann", "Sales") } }));
        await RefusedAsync(StatusCode.InvalidArgument, "deal.competitors", () => Us.CreateAsync(new Deal(Deal()) { Competitors = { new Competitor { Name = "Rival" }, new Competitor { Name = " rival" } } }));
        await RefusedAsync(StatusCode.InvalidArgument, "deal.competitors[0].name", () => Us.CreateAsync(new Deal(Deal()) { Competitors = { new Competitor { Name = " " } } }));
    }

    [Fact]
    public async Task People_with_a_say_are_there_for_whoever_names_them_first()
    {
        static DealContact Say(string person, string role = "Decides") => new() { PersonId = person, Role = role };
        var deal = await Us.CreateAsync(new Deal(Deal()) { Contacts = { Say(ContactsStandIn.Person, " Pays ") } });
        Assert.Equal([Say(ContactsStandIn.Person, "Pays")], (await Us.GetAsync(deal.Id)).Contacts);
        await RefusedAsync(StatusCode.InvalidArgument, "deal.contacts[1].personId", () => UpdateAsync(new Deal { Id = deal.Id, Contacts = { Say(ContactsStandIn.Person), Say(NewId()) } }));
        await RefusedAsync(StatusCode.InvalidArgument, "deal.contacts", () => UpdateAsync(new Deal { Id = deal.Id, Contacts = { Say(ContactsStandIn.Person), Say(ContactsStandIn.Person) } }));
        await RefusedAsync(StatusCode.Unavailable, "CONTACTS_UNAVAILABLE", () => Us.CreateAsync(new Deal(Deal()) { Contacts = { Say(ContactsStandIn.Unreachable) } }));
        Assert.Equal("Decides", Assert.Single((await UpdateAsync(new Deal { Id = deal.Id, Contacts = { Say(ContactsStandIn.Person) } })).Contacts).Role);
        await Us.CreateAsync(Deal());
        Assert.Equal(deal.Id, Assert.Single(await FoundAsync($"contacts : (\"{NewId()}\" OR \"{ContactsStandIn.Person}\")")).Id);
        Assert.Empty(await FoundAsync($"contacts : \"{NewId()}\""));
        Assert.DoesNotContain(deal.Id, (await FoundAsync($"NOT contacts : \"{ContactsStandIn.Person}\"")).Select(other => other.Id));
        Assert.Empty((await UpdateAsync(new Deal { Id = deal.Id }, "contacts")).Contacts);
    }

    [Fact]
    public async Task A_deal_has_a_team_and_competitors_one_of_whom_may_win_it()
    {
        var ann = NewId();
        var deal = await Us.CreateAsync(new Deal(Deal()) { Team = { Member(ann, " Technical sales ") }, Competitors = { new Competitor { Name = "Rival" }, new Competitor { Name = "Other", Notes = "Cheaper" } } });
        Assert.Equal((ann, "Technical sales"), (Assert.Single(deal.Team).UserId, deal.Team[0].Role));
        Assert.Equal([("Rival", CompetitorStatus.Bidding, ""), ("Other", CompetitorStatus.Bidding, "Cheaper")], deal.Competitors.Select(one => (one.Name, one.Status, one.Notes)));
        deal.Competitors[1].Status = CompetitorStatus.Out;
        var changed = await UpdateAsync(new Deal { Id = deal.Id, Competitors = { deal.Competitors } });
        Assert.Equal(deal.Competitors, changed.Competitors);
        await RefusedAsync(StatusCode.InvalidArgument, "deal.competitors[0].status", () => UpdateAsync(new Deal { Id = deal.Id, Competitors = { new Competitor(deal.Competitors[0]) { Status = CompetitorStatus.Won } } }));
        await RefusedAsync(StatusCode.InvalidArgument, "wonByCompetitorId", () => LoseAsync(deal.Id, NewId()));
        var lost = await LoseAsync(deal.Id, deal.Competitors[0].Id);
        Assert.Equal((DealStatus.Lost, CompetitorStatus.Won, CompetitorStatus.Out), (lost.Status, lost.Competitors[0].Status, lost.Competitors[1].Status));
        Assert.Equal(lost, await Us.GetAsync(deal.Id));
    }

    [Fact]
    public async Task A_deal_that_is_moved_into_a_lost_stage_names_the_winner_as_well()
    {
        var deal = await Us.CreateAsync(new Deal(Deal()) { Competitors = { new Competitor { Name = "Rival" } } });
        var lost = await Us.MoveDealAsync(new MoveDealRequest { Id = deal.Id, StageId = PipelinesStandIn.Sales.Stages[4].Id, WonByCompetitorId = deal.Competitors[0].Id }, cancellationToken: Token);
        Assert.Equal((DealStatus.Lost, CompetitorStatus.Won), (lost.Status, lost.Competitors[0].Status));
    }

    [Fact]
    public async Task Field_rules_hold_for_them_and_who_does_not_see_the_amount_sees_no_part_of_it()
    {
        var deal = await Us.CreateAsync(new Deal(Deal(Line())) { Splits = { Split(NewId(), "100") }, Team = { Member(NewId(), "Sales") }, Competitors = { new Competitor { Name = "Rival" } } });
        var sam = new Salesperson(deals, Salesperson.Fields("No amounts", ("amount", FieldAccess.Hidden), ("competitors", FieldAccess.Hidden), ("team", FieldAccess.ReadOnly)));
        var seen = await sam.Deals.GetAsync(deal.Id);
        Assert.Equal(("100", null, 0, 1), (Assert.Single(seen.Splits).Percent, seen.Splits[0].Amount, seen.Competitors.Count, seen.Team.Count));
        foreach (var (change, field) in ((Deal, string)[])[(new Deal { Team = { Member(NewId(), "Law") } }, "team"), (new Deal { Competitors = { new Competitor { Name = "Mine" } } }, "competitors")])
        {
            change.Id = deal.Id;
            await RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_WRITABLE", () => sam.Deals.UpdateDealAsync(new UpdateDealRequest { Deal = change, UpdateMask = new FieldMask { Paths = { field } } }, cancellationToken: Token).ResponseAsync);
        }

        await sam.Deals.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, Name = "Renamed" } }, cancellationToken: Token);
        Assert.Equal(deal.Competitors, (await Us.GetAsync(deal.Id)).Competitors);
    }

    [Fact]
    public async Task Who_may_not_change_competitors_names_no_winner_either()
    {
        var deal = await Us.CreateAsync(new Deal(Deal()) { Competitors = { new Competitor { Name = "Rival" } } });
        var sam = new Salesperson(deals, Salesperson.Fields("Competitors are for others", ("competitors", FieldAccess.ReadOnly)));
        var winner = deal.Competitors[0].Id;
        await RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_WRITABLE", () => sam.Deals.LoseDealAsync(
            new LoseDealRequest { Id = deal.Id, Reason = "Too dear", WonByCompetitorId = winner }, cancellationToken: Token).ResponseAsync);
        await RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_WRITABLE", () => sam.Deals.MoveDealAsync(
            new MoveDealRequest { Id = deal.Id, StageId = PipelinesStandIn.Sales.Stages[4].Id, WonByCompetitorId = winner }, cancellationToken: Token).ResponseAsync);
        Assert.Equal(deal, await Us.GetAsync(deal.Id));
    }

    [Theory]
    [InlineData("amount", FieldAccess.Hidden)]
    [InlineData("line_items", FieldAccess.ReadOnly)]
    [InlineData("line_items.unit_price", FieldAccess.Masked)]
    public async Task Whose_amounts_are_restricted_may_still_share_out_the_credit(string path, FieldAccess access)
    {
        var (ann, bob) = (NewId(), NewId());
        var sam = new Salesperson(deals, Salesperson.Fields("Fixed amounts", (path, access)));
        var deal = await Us.CreateAsync(Deal(Line("1", "100")));
        await sam.Deals.UpdateDealAsync(
            new UpdateDealRequest { Deal = new Deal { Id = deal.Id, Splits = { Split(ann, "40"), Split(bob, "60") } }, UpdateMask = new FieldMask { Paths = { "splits" } } }, cancellationToken: Token);
        await sam.Deals.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, Splits = { Split(ann, "30"), Split(bob, "70") } } }, cancellationToken: Token);
        Assert.Equal([(ann, "30"), (bob, "70")], (await Us.GetAsync(deal.Id)).Splits.Select(split => (split.UserId, split.Percent)));
        Assert.Equal(2, (await sam.Deals.CreateAsync(new Deal(Deal()) { Splits = { Split(ann, "50"), Split(bob, "50") } })).Splits.Count);
        await RefusedAsync(StatusCode.PermissionDenied, "FIELD_NOT_WRITABLE", () => sam.Deals.UpdateDealAsync(
            new UpdateDealRequest { Deal = new Deal { Id = deal.Id, LineItems = { Line("1", "1") }, Amount = Money("1", "EUR") }, UpdateMask = new FieldMask { Paths = { path.Split('.')[0] } } }, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task The_log_tells_who_came_and_went()
    {
        var (ann, bob) = (NewId(), NewId());
        var deal = await Us.CreateAsync(new Deal(Deal()) { Team = { Member(ann, "Sales") } });
        await UpdateAsync(new Deal { Id = deal.Id, Team = { Member(bob, "Law") }, Splits = { Split(bob, "100") } });
        var entries = await deals.GrpcFor(TestTenants.Acme, AuditHistory.Permission).HistoryAsync("deals.deal", deal.Id, atLeast: 2);
        var last = entries.Single(entry => entry.Before is not null && entry.After is not null);
        Assert.Contains(ann, last.Before.ToString(), StringComparison.Ordinal);
        Assert.Contains(bob, last.After.Fields["splits"].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("competitors", last.After.Fields.Keys);
    }

    private static string NewId() => Guid.CreateVersion7().ToString();

    private static DealSplit Split(string user, string percent) => new() { UserId = user, Percent = percent };

    private static DealTeamMember Member(string user, string role) => new() { UserId = user, Role = role };

    private Task<Deal> LoseAsync(string id, string winner) => Us.LoseDealAsync(new LoseDealRequest { Id = id, Reason = "Price", WonByCompetitorId = winner }, cancellationToken: Token).ResponseAsync;

    private Task<Deal> UpdateAsync(Deal deal, params string[] mask) =>
        Us.UpdateDealAsync(new UpdateDealRequest { Deal = deal, UpdateMask = mask.Length == 0 ? null : new FieldMask { Paths = { mask } } }, cancellationToken: Token).ResponseAsync;

    private async Task<IReadOnlyList<Deal>> FoundAsync(string filter) => (await Us.ListDealsAsync(new ListDealsRequest { Filter = filter, PageSize = 200 }, cancellationToken: TestContext.Current.CancellationToken)).Deals;
}
