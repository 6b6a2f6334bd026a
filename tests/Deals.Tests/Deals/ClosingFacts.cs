using Grpc.Core;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Deals;

public sealed class ClosingFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private Client Acme => new(deals.GrpcFor(TestTenants.Acme, All));

    [Fact]
    public async Task A_deal_is_won_once()
    {
        var created = await Acme.CreateAsync(Deal(Line()));
        var request = new WinDealRequest { Id = created.Id, Etag = created.Etag };
        var won = await Acme.WinDealAsync(request, cancellationToken: Token);
        Assert.Equal((DealStatus.Won, 100, "100.00"), (won.Status, won.Probability, won.ExpectedRevenue.Amount));
        Assert.NotNull(won.CloseTime);
        Assert.Equal(won, await Acme.WinDealAsync(request, cancellationToken: Token));
        Assert.Equal(won, await Acme.GetAsync(created.Id));
        Assert.Equal(1, await deals.PublishedAsync(created.Id, nameof(DealWon)));
    }

    [Fact]
    public async Task Twenty_parallel_wins_publish_one_event()
    {
        var created = await Acme.CreateAsync(Deal(Line()));
        var client = Acme;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.WinDealAsync(new WinDealRequest { Id = created.Id }, cancellationToken: Token).ResponseAsync));
        Assert.Single(answers.Distinct());
        Assert.Equal(1, await deals.PublishedAsync(created.Id, nameof(DealWon)));
    }

    [Fact]
    public async Task What_is_won_and_lost_at_once_is_one_of_both()
    {
        var created = await Acme.CreateAsync(Deal(Line()));
        var client = Acme;
        var win = client.WinDealAsync(new WinDealRequest { Id = created.Id }, cancellationToken: Token).ResponseAsync;
        var lose = client.LoseDealAsync(new LoseDealRequest { Id = created.Id }, cancellationToken: Token).ResponseAsync;
        await Task.WhenAny(Task.WhenAll(win, lose));
        Assert.True(win.IsCompletedSuccessfully ^ lose.IsCompletedSuccessfully);
        Assert.Equal(1, await deals.PublishedAsync(created.Id, nameof(DealWon)) + await deals.PublishedAsync(created.Id, nameof(DealLost)));
    }

    [Fact]
    public async Task Only_what_can_be_invoiced_is_won()
    {
        var empty = await Acme.CreateAsync(Deal());
        await RefusedAsync(StatusCode.FailedPrecondition, "DEAL_WITHOUT_LINE_ITEMS", () => WinAsync(empty.Id));
        var anonymous = Deal(Line());
        anonymous.CompanyId = "";
        anonymous = await Acme.CreateAsync(anonymous);
        await RefusedAsync(StatusCode.FailedPrecondition, "DEAL_WITHOUT_CUSTOMER", () => WinAsync(anonymous.Id));
        Assert.Equal(0, await deals.PublishedAsync(anonymous.Id, nameof(DealWon)));
    }

    [Fact]
    public async Task A_lost_deal_has_no_probability_and_cannot_be_won()
    {
        var created = await Acme.CreateAsync(Deal(Line()));
        var lost = await LoseAsync(created.Id, "Too dear");
        Assert.Equal((DealStatus.Lost, 0, "0.00", "Too dear"), (lost.Status, lost.Probability, lost.ExpectedRevenue.Amount, lost.LostReason));
        Assert.Equal(lost, await LoseAsync(created.Id, "Another reason"));
        await RefusedAsync(StatusCode.FailedPrecondition, "DEAL_LOST", () => WinAsync(created.Id));
        Assert.Equal(1, await deals.PublishedAsync(created.Id, nameof(DealLost)));
    }

    [Fact]
    public async Task A_closed_deal_is_not_changed()
    {
        var created = await Acme.CreateAsync(Deal(Line()));
        await WinAsync(created.Id);
        await RefusedAsync(StatusCode.FailedPrecondition, "DEAL_WON", () => LoseAsync(created.Id, ""));
        var change = new UpdateDealRequest { Deal = new Deal { Id = created.Id, Name = "Changed" } };
        await RefusedAsync(StatusCode.FailedPrecondition, "DEAL_CLOSED", () => Acme.UpdateDealAsync(change, cancellationToken: Token).ResponseAsync);
        await RefusedAsync(StatusCode.FailedPrecondition, "DEAL_CLOSED", () => Acme.DeleteDealAsync(new DeleteDealRequest { Id = created.Id }, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task A_won_deal_can_be_flagged_and_the_same_flag_is_announced_once()
    {
        var created = await Acme.CreateAsync(Deal(Line()));
        await WinAsync(created.Id);
        var request = new FlagDealRequest { Id = created.Id, Code = "INVOICE_NOT_DELIVERED", Reason = "The mailbox does not exist." };
        var flagged = await Acme.FlagDealAsync(request, cancellationToken: Token);
        Assert.Equal(("INVOICE_NOT_DELIVERED", "The mailbox does not exist."), (flagged.FlagCode, flagged.FlagReason));
        Assert.Equal(flagged, await Acme.FlagDealAsync(request, cancellationToken: Token));
        Assert.Equal(1, await deals.PublishedAsync(created.Id, nameof(DealFlagged)));

        var unflagged = await Acme.UnflagDealAsync(new UnflagDealRequest { Id = created.Id }, cancellationToken: Token);
        Assert.Equal(("", "", DealStatus.Won), (unflagged.FlagCode, unflagged.FlagReason, unflagged.Status));
        Assert.Equal(unflagged, await Acme.UnflagDealAsync(new UnflagDealRequest { Id = created.Id }, cancellationToken: Token));
        await RefusedAsync(StatusCode.InvalidArgument, "code", () => Acme.FlagDealAsync(new FlagDealRequest { Id = created.Id, Code = "no code" }, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task A_service_account_flags_in_the_tenant_that_it_names()
    {
        var created = await Acme.CreateAsync(Deal(Line()));
        var token = TestTokens.ForService("deals.write");
        var request = new FlagDealRequest { Id = created.Id, Code = "INVOICE_REFUSED" };
        var elsewhere = new Client(deals.Grpc(token, ("x-tenant-id", TestTenants.Globex.ToString())));
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => elsewhere.FlagDealAsync(request, cancellationToken: Token).ResponseAsync);
        var automation = new Client(deals.Grpc(token, ("x-tenant-id", TestTenants.Acme.ToString())));
        Assert.Equal("INVOICE_REFUSED", (await automation.FlagDealAsync(request, cancellationToken: Token)).FlagCode);
    }

    private Task<Deal> WinAsync(string id) => Acme.WinDealAsync(new WinDealRequest { Id = id }, cancellationToken: Token).ResponseAsync;

    private Task<Deal> LoseAsync(string id, string reason) => Acme.LoseDealAsync(new LoseDealRequest { Id = id, Reason = reason }, cancellationToken: Token).ResponseAsync;
}
