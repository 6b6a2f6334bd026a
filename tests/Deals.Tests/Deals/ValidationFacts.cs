using Grpc.Core;
using Platform.Common.V1;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Deals;

public sealed class ValidationFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private Client Acme => new(deals.GrpcFor(TestTenants.Acme, All));

    public static TheoryData<string, Action<Deal>> Wrong => new()
    {
        { "deal.name", deal => deal.Name = "" },
        { "deal.currency", deal => deal.Currency = "EURO" },
        { "deal.currency", deal => deal.Currency = "" },
        { "deal.status", deal => deal.Status = DealStatus.Won },
        { "deal.probability", deal => deal.Probability = 101 },
        { "deal.closeDate", deal => deal.CloseDate = "31.12.2026" },
        { "deal.ownerId", deal => deal.OwnerId = "sam" },
        { "deal.amountEstimate", deal => deal.AmountEstimate = Money("1.005") },
        { "deal.amountEstimate", deal => deal.AmountEstimate = Money("1", "USD") },
        { "deal.lineItems[0]", deal => deal.LineItems[0].UnitPrice.Currency = "USD" },
        { "deal.lineItems[0].unitPrice", deal => deal.LineItems[0].UnitPrice = null },
        { "deal.lineItems[0].unitPrice", deal => deal.LineItems[0].UnitPrice = Money("-1") },
        { "deal.lineItems[0].unitPrice", deal => deal.LineItems[0].UnitPrice = Money("1,5") },
        { "deal.lineItems[0].unitPrice", deal => deal.LineItems[0].UnitPrice = Money("1.0000001") },
        { "deal.lineItems[0].quantity", deal => deal.LineItems[0].Quantity = "0" },
        { "deal.lineItems[0].quantity", deal => deal.LineItems[0].Quantity = "1e3" },
        { "deal.lineItems[0].quantity", deal => deal.LineItems[0].Quantity = "1.00001" },
        { "deal.lineItems[0].quantity", deal => (deal.LineItems[0].Quantity, deal.LineItems[0].UnitPrice) = ("1000", Money("1000000000")) },
        { "deal.lineItems[0].discountPercent", deal => deal.LineItems[0].DiscountPercent = "100.01" },
        { "deal.lineItems[0].unit", deal => deal.LineItems[0].Unit = "piece" },
        { "deal.lineItems[0].taxCategory", deal => deal.LineItems[0].TaxCategory = "X" },
        { "deal.lineItems[0].taxRate", deal => deal.LineItems[0].TaxRate = "" },
        { "deal.lineItems[0].taxRate", deal => deal.LineItems[0].TaxCategory = "AE" },
        { "deal.lineItems", deal => deal.LineItems.Add(new LineItem(Line(rate: "0")) { TaxCategory = "O" }) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_field_is_named(string field, Action<Deal> spoil)
    {
        var deal = Deal(Line());
        spoil(deal);
        await RefusedAsync(StatusCode.InvalidArgument, field, () => Acme.CreateAsync(deal));
    }

    [Fact]
    public async Task An_update_obeys_the_same_rules()
    {
        var created = await Acme.CreateAsync(Deal(Line()));
        var change = new UpdateDealRequest { Deal = new Deal { Id = created.Id, Currency = "USD" } };
        await RefusedAsync(StatusCode.InvalidArgument, "deal.lineItems[0]", () => Acme.UpdateDealAsync(change, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task An_unknown_company_or_person_is_named()
    {
        var deal = Deal();
        deal.CompanyId = Guid.CreateVersion7().ToString();
        await RefusedAsync(StatusCode.InvalidArgument, "deal.companyId", () => Acme.CreateAsync(deal));
        (deal.CompanyId, deal.PersonId) = (ContactsStandIn.Company, Guid.CreateVersion7().ToString());
        await RefusedAsync(StatusCode.InvalidArgument, "deal.personId", () => Acme.CreateAsync(deal));

        deal.PersonId = ContactsStandIn.Person;
        var created = await Acme.CreateAsync(deal);
        var change = new UpdateDealRequest { Deal = new Deal { Id = created.Id, PersonId = Guid.CreateVersion7().ToString() } };
        await RefusedAsync(StatusCode.InvalidArgument, "deal.personId", () => Acme.UpdateDealAsync(change, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task While_contacts_is_away_a_deal_waits()
    {
        var deal = Deal();
        deal.CompanyId = ContactsStandIn.Unreachable;
        await RefusedAsync(StatusCode.Unavailable, "CONTACTS_UNAVAILABLE", () => Acme.CreateAsync(deal));
        deal.CompanyId = ContactsStandIn.Forbidden;
        await RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", () => Acme.CreateAsync(deal));
    }

    [Theory]
    [InlineData("JPY", "3", "33.5", "101", "33.5")]
    [InlineData("BHD", "1", "1.2345", "1.235", "1.2345")]
    [InlineData("EUR", "0.3333", "10", "3.33", "10.00")]
    [InlineData("USD", "999999999", "1000", "999999999000.00", "1000.00")]
    public async Task A_line_is_rounded_half_up_to_the_decimals_of_its_currency(string currency, string quantity, string price, string net, string shown)
    {
        var deal = Deal(Line(quantity, price, currency: currency));
        deal.Currency = currency;
        var line = (await Acme.CreateAsync(deal)).LineItems.Single();
        Assert.Equal((new Money { Currency = currency, Amount = net }, shown), (line.Net, line.UnitPrice.Amount));
    }
}
