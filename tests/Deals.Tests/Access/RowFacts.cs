using Grpc.Core;
using Platform.Access.V1;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Deals.Tests.Access;

public sealed class RowFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private static readonly AccessPolicy OwnOnly = Salesperson.Rows("Own deals", PolicyEffect.Allow, "owner_id = user.id", "read", "update");

    private DealsService.DealsServiceClient Colleague => new(deals.GrpcFor(TestTenants.Acme, Samples.All));

    [Fact]
    public async Task A_deal_that_no_policy_allows_is_as_if_it_did_not_exist()
    {
        var theirs = await Colleague.CreateAsync(Samples.Deal());
        var sam = new Salesperson(deals, OwnOnly);
        var own = await sam.Deals.CreateAsync(Samples.Deal());
        Assert.Equal(sam.Id.ToString(), own.OwnerId);
        var listed = (await sam.Deals.ListDealsAsync(new ListDealsRequest { PageSize = 200 }, cancellationToken: Samples.Token)).Deals;
        Assert.Equal([own.Id], listed.Select(deal => deal.Id));
        await Samples.RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => sam.Deals.GetAsync(theirs.Id));
        await Samples.RefusedAsync(StatusCode.NotFound, "NOT_FOUND", async () => await sam.Deals.WinDealAsync(new WinDealRequest { Id = theirs.Id }, cancellationToken: Samples.Token));
        await Samples.RefusedAsync(StatusCode.NotFound, "NOT_FOUND", async () => await sam.Deals.DeleteDealAsync(new DeleteDealRequest { Id = theirs.Id }, cancellationToken: Samples.Token));
        await Samples.RefusedAsync(StatusCode.NotFound, "NOT_FOUND", async () =>
            await sam.Deals.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = theirs.Id, Name = "Mine" } }, cancellationToken: Samples.Token));
    }

    [Fact]
    public async Task A_visible_deal_that_may_not_be_written_is_refused_by_the_name_of_the_policy()
    {
        var theirs = await Colleague.CreateAsync(Samples.Deal(Samples.Line()));
        var sam = new Salesperson(deals, Salesperson.Rows("Hands off", PolicyEffect.Deny, "NOT owner_id = user.id", "update", "delete"));
        Assert.Equal(theirs.Id, (await sam.Deals.GetAsync(theirs.Id)).Id);
        foreach (var write in new Func<Task>[]
        {
            async () => await sam.Deals.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = theirs.Id, Name = "Mine" } }, cancellationToken: Samples.Token),
            async () => await sam.Deals.WinDealAsync(new WinDealRequest { Id = theirs.Id }, cancellationToken: Samples.Token),
            async () => await sam.Deals.LoseDealAsync(new LoseDealRequest { Id = theirs.Id }, cancellationToken: Samples.Token),
            async () => await sam.Deals.FlagDealAsync(new FlagDealRequest { Id = theirs.Id, Code = "SEEN" }, cancellationToken: Samples.Token),
            async () => await sam.Deals.DeleteDealAsync(new DeleteDealRequest { Id = theirs.Id }, cancellationToken: Samples.Token),
        })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(write);
            Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
            Assert.Contains("'Hands off'", refused.Status.Detail, StringComparison.Ordinal);
        }

        var unchanged = await Colleague.GetAsync(theirs.Id);
        Assert.Equal((theirs.Name, theirs.Etag), (unchanged.Name, unchanged.Etag));
    }

    [Fact]
    public async Task No_change_leads_to_what_a_policy_denies()
    {
        var sam = new Salesperson(deals, Salesperson.Rows("Small deals", PolicyEffect.Deny, "amount > 1000", "create", "update"));
        var deal = await sam.Deals.CreateAsync(new Deal { Name = "Small", Currency = "EUR", AmountEstimate = Samples.Money("900") });
        await Samples.RefusedAsync(StatusCode.PermissionDenied, "DENIED_BY_POLICY", () =>
            sam.Deals.CreateAsync(new Deal { Name = "Large", Currency = "EUR", AmountEstimate = Samples.Money("1001") }));
        await Samples.RefusedAsync(StatusCode.PermissionDenied, "DENIED_BY_POLICY", async () =>
            await sam.Deals.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, AmountEstimate = Samples.Money("1001") } }, cancellationToken: Samples.Token));
        Assert.Equal("900.00", (await sam.Deals.GetAsync(deal.Id)).Amount.Amount);
    }

    [Fact]
    public async Task A_deal_can_be_handed_to_somebody_else_and_is_gone_then()
    {
        var sam = new Salesperson(deals, OwnOnly);
        var deal = await sam.Deals.CreateAsync(Samples.Deal());
        await sam.Deals.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, OwnerId = Guid.CreateVersion7().ToString() } }, cancellationToken: Samples.Token);
        await Samples.RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => sam.Deals.GetAsync(deal.Id));
    }

    [Fact]
    public async Task A_share_shows_a_deal_and_at_the_higher_level_lets_it_be_changed_until_it_is_taken_back()
    {
        var owner = new Salesperson(deals, OwnOnly);
        var sam = new Salesperson(deals, OwnOnly);
        var deal = await owner.Deals.CreateAsync(Samples.Deal());
        var rename = new UpdateDealRequest { Deal = new Deal { Id = deal.Id, Name = "Ours" } };
        await owner.Access.ShareRecordAsync(With(deal, new Share { TeamId = sam.Team.ToString(), Level = ShareLevel.Read }), cancellationToken: Samples.Token);
        Assert.Equal(deal.Id, (await sam.Deals.GetAsync(deal.Id)).Id);
        await Samples.RefusedAsync(StatusCode.PermissionDenied, "DENIED_BY_POLICY", async () => await sam.Deals.UpdateDealAsync(rename, cancellationToken: Samples.Token));
        await Samples.RefusedAsync(StatusCode.PermissionDenied, "DENIED_BY_POLICY", async () =>
            await sam.Access.ShareRecordAsync(With(deal, new Share { UserId = sam.Id.ToString(), Level = ShareLevel.Write }), cancellationToken: Samples.Token));

        var shares = await owner.Access.ShareRecordAsync(With(deal, new Share { UserId = sam.Id.ToString(), Level = ShareLevel.Write }), cancellationToken: Samples.Token);
        Assert.Equal((owner.Id.ToString(), 2), (shares.OwnerId, shares.Shares.Count));
        Assert.Equal("Ours", (await sam.Deals.UpdateDealAsync(rename, cancellationToken: Samples.Token)).Name);

        foreach (var share in shares.Shares)
            await owner.Access.UnshareRecordAsync(new UnshareRecordRequest { Resource = "deals.deal", Id = deal.Id, Share = share }, cancellationToken: Samples.Token);
        await Samples.RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => sam.Deals.GetAsync(deal.Id));
        Assert.Empty((await owner.Access.ListSharesAsync(new ListSharesRequest { Resource = "deals.deal", Id = deal.Id }, cancellationToken: Samples.Token)).Shares);
    }

    [Fact]
    public async Task A_filter_that_the_service_cannot_read_opens_nothing()
    {
        var deal = await Colleague.CreateAsync(Samples.Deal());
        var allowed = new Salesperson(deals, Salesperson.Rows("From the future", PolicyEffect.Allow, "flavour = \"sweet\"", "read"));
        await Samples.RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => allowed.Deals.GetAsync(deal.Id));
        var denied = new Salesperson(deals, Salesperson.Rows("From the future", PolicyEffect.Deny, "flavour = \"sweet\"", "read"));
        Assert.Empty((await denied.Deals.ListDealsAsync(new ListDealsRequest(), cancellationToken: Samples.Token)).Deals);
    }

    private static ShareRecordRequest With(Deal deal, Share share) => new() { Resource = "deals.deal", Id = deal.Id, Share = share };
}
