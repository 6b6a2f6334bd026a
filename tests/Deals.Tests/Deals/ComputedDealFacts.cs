using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;
using Field = Platform.CustomFields.V1.Field;

namespace Deals.Tests.Deals;

/// <summary>Formulas over built-in fields follow whatever changes those, not the writing of custom fields alone.</summary>
public sealed class ComputedDealFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    [Fact]
    public async Task A_weighted_amount_follows_the_deal_until_it_is_won()
    {
        deals.Fields.Set(
            _tenant,
            new Field { Resource = "deals.deal", Key = "weighted", Type = FieldType.Formula, Label = "Weighted", Formula = "amount * probability / 100", ResultType = FieldType.Money },
            new Field { Resource = "deals.deal", Key = "number", Type = FieldType.AutoNumber, Label = "Number", NumberPattern = "D-{0000}", Unique = true },
            new Field { Resource = "deals.deal", Key = "open", Type = FieldType.Formula, Label = "Open", Formula = "status = \"DEAL_STATUS_OPEN\"", ResultType = FieldType.Boolean });
        var client = new DealsService.DealsServiceClient(deals.GrpcFor(_tenant, All));
        var deal = await client.CreateAsync(Deal(Line()));
        Assert.Equal(("50.00", "EUR", "D-0001", true), Read(deal));
        var changed = await client.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, Probability = 25 } }, cancellationToken: Token);
        Assert.Equal(("25.00", "EUR", "D-0001", true), Read(changed));
        var won = await client.WinDealAsync(new WinDealRequest { Id = deal.Id }, cancellationToken: Token);
        Assert.Equal(("100.00", "EUR", "D-0001", false), Read(won));
        Assert.Equal(won, await client.GetAsync(deal.Id));
        var told = await deals.Database.QueryAsync<string>($"SELECT data::text FROM outbox_messages WHERE aggregate_id = '{deal.Id}' AND type = 'platform.deals.v1.DealWon' ORDER BY id DESC LIMIT 1");
        Assert.Equal(won.CustomFields, DealWon.Parser.ParseJson(told).Deal.CustomFields);
        Assert.Equal([deal.Id], (await client.ListDealsAsync(new ListDealsRequest { Filter = "custom_fields.weighted >= \"100 EUR\" AND NOT custom_fields.open", OrderBy = "custom_fields.weighted" }, cancellationToken: Token)).Deals.Select(found => found.Id));
    }

    private static (string Amount, string Currency, string Number, bool Open) Read(Deal deal)
    {
        var fields = deal.CustomFields.Fields;
        var weighted = fields["weighted"].StructValue.Fields;
        return (weighted["amount"].StringValue, weighted["currency"].StringValue, fields["number"].StringValue, fields["open"].BoolValue);
    }
}
