using Grpc.Core;
using Platform.Bulk.V1;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;

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
            new BulkDealsRequest { All = true, Update = new BulkDealUpdate { Deal = new Deal { Probability = 5 } } }, cancellationToken: Token));
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
        async Task<BulkJob> DoneAsync(BulkJob job)
        {
            await Eventually.HoldsAsync(async () => (await ReadAsync()).State is BulkState.Succeeded or BulkState.Undone or BulkState.Failed, TimeSpan.FromSeconds(60));
            return await ReadAsync();

            async Task<BulkJob> ReadAsync() => await jobs.GetBulkJobAsync(new GetBulkJobRequest { Id = job.Id }, cancellationToken: Token);
        }
    }

    private static Deal Plain(Deal deal) => new(deal) { Etag = "", UpdateTime = null };
}
