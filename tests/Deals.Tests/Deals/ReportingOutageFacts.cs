using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Deals.Tests.Deals;

/// <summary>Of its own, because the fixture's tenants service is away for everybody.</summary>
public sealed class ReportingOutageFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    [Fact]
    public async Task Deals_are_written_while_the_tenants_service_is_away_and_converted_when_it_is_back()
    {
        var tenant = Guid.CreateVersion7();
        var client = new DealsService.DealsServiceClient(deals.GrpcFor(tenant, Samples.All));
        deals.Rates.Down = true;
        var deal = await client.CreateAsync(Samples.Deal(Samples.Line()));
        Assert.Null(deal.ReportingAmount);
        Assert.Equal("RETRY", await deals.DeliverAsync(tenant, new ExchangeRatesChanged { Version = 1 }));

        deals.Rates.Down = false;
        Assert.Equal("100.00", (await client.CreateAsync(Samples.Deal(Samples.Line()))).ReportingAmount.Amount);
        // What was there is converted in the background.
        await Eventually.HoldsAsync(async () => (await client.GetAsync(deal.Id)).ReportingAmount?.Amount == "100.00", Eventually.Promptly);
    }
}
