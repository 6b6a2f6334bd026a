using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Deals.Tests.Deals;

/// <summary>Custom relations of deals lead to people and companies of the contacts service.</summary>
public sealed class RelationFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    [Fact]
    public async Task What_contacts_does_not_know_is_refused_and_what_cannot_be_asked_fails()
    {
        deals.Fields.Set(_tenant, Relation("partner", "contacts.company"), Relation("referrer", "contacts.person"));
        var made = await CreateAsync("partner", ContactsStandIn.Company);
        Assert.Equal(ContactsStandIn.Company, made.CustomFields.Fields["partner"].StringValue);
        await CreateAsync("referrer", ContactsStandIn.Person);
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync("partner", ContactsStandIn.Person));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync("partner", ContactsStandIn.Forbidden));
        Assert.Equal(StatusCode.Unavailable, await RefusedAsync("referrer", ContactsStandIn.Unreachable));
    }

    private static Field Relation(string key, string related) => new() { Resource = "deals.deal", Key = key, Type = FieldType.Relation, Label = key, RelatedResource = related };

    private async Task<StatusCode> RefusedAsync(string key, string id) => (await Assert.ThrowsAsync<RpcException>(() => CreateAsync(key, id))).StatusCode;

    private async Task<Deal> CreateAsync(string key, string id) => await new DealsService.DealsServiceClient(deals.GrpcFor(_tenant, Samples.All)).CreateDealAsync(
        new CreateDealRequest { Deal = new Deal { Name = "Deal", Currency = "EUR", CustomFields = new Struct { Fields = { [key] = Value.ForString(id) } } } }, cancellationToken: TestContext.Current.CancellationToken);
}
