using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;

namespace Deals.Tests.Deals;

/// <summary>The deal that the conversion of a lead begins.</summary>
public sealed class ConversionFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private DealsService.DealsServiceClient Acme => new(deals.GrpcFor(TestTenants.Acme, All));

    [Fact]
    public async Task The_deal_has_the_id_of_the_conversion_and_is_made_once_with_whom_is_not_there_yet()
    {
        var conversion = Begin();
        var made = await Acme.CreateDealAsync(new CreateDealRequest { Deal = Of(conversion), ConversionId = conversion.Id }, cancellationToken: Token);
        Assert.Equal((conversion.Id, conversion.PersonId, conversion.CompanyId, "trade-fair"), (made.Id, made.PersonId, made.CompanyId, made.Source));
        Assert.Equal(made, await Acme.CreateDealAsync(new CreateDealRequest { Deal = Of(conversion), ConversionId = conversion.Id }, cancellationToken: Token));
        Assert.Equal(1, await deals.PublishedAsync(made.Id, nameof(DealCreated)));
        await Acme.DeleteDealAsync(new DeleteDealRequest { Id = made.Id }, cancellationToken: Token);
    }

    [Fact]
    public async Task Only_who_converts_names_whom_the_conversion_names()
    {
        var conversion = Begin();
        var other = Of(conversion);
        other.PersonId = $"{Guid.CreateVersion7()}";
        await RefusedAsync(StatusCode.InvalidArgument, "deal.personId", async () => await Acme.CreateDealAsync(new CreateDealRequest { Deal = other, ConversionId = conversion.Id }, cancellationToken: Token));
        await RefusedAsync(StatusCode.InvalidArgument, "conversionId", async () => await Acme.CreateDealAsync(new CreateDealRequest { Deal = Of(conversion), ConversionId = $"{Guid.CreateVersion7()}" }, cancellationToken: Token));
        await RefusedAsync(StatusCode.InvalidArgument, "deal.companyId", async () => await Acme.CreateDealAsync(new CreateDealRequest { Deal = Of(conversion) }, cancellationToken: Token));
    }

    private static Conversion Begin()
    {
        var conversion = new Conversion { Id = $"{Guid.CreateVersion7()}", Lead = new Lead { Source = "trade-fair" }, PersonId = $"{Guid.CreateVersion7()}", CompanyId = $"{Guid.CreateVersion7()}" };
        return ContactsStandIn.Conversions.Running[conversion.Id] = conversion;
    }

    private static Deal Of(Conversion conversion)
    {
        var deal = Deal();
        (deal.PersonId, deal.CompanyId) = (conversion.PersonId, conversion.CompanyId);
        return deal;
    }
}
