using System.Text.Json.Nodes;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;

namespace Deals.Tests.Deals;

public sealed class DealFieldFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    [Fact]
    public Task Custom_fields_of_deals_hold_at_the_door_and_what_is_wrong_is_said_in_Russian() =>
        HoldsAsync(rest => Task.FromResult(new FieldDoor(rest, "deals.deal", "deal", "/api/v1/deals", number => new JsonObject { ["name"] = $"Deal {number}", ["currency"] = "EUR" })));

    [Fact]
    public Task Custom_fields_of_quotes_hold_at_the_door_and_what_is_wrong_is_said_in_Russian() => HoldsAsync(async rest =>
    {
        using var made = await rest.PostAsync(new Uri("/api/v1/deals", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new JsonObject { ["name"] = "Sale", ["currency"] = "EUR" }), Token);
        var deal = $"{JsonNode.Parse(await made.Content.ReadAsStringAsync(Token))!["id"]}";
        return new FieldDoor(rest, "deals.quote", "quote", "/api/v1/quotes", _ => new JsonObject { ["dealId"] = deal });
    });

    private async Task HoldsAsync(Func<HttpClient, Task<FieldDoor>> open)
    {
        var tenant = Guid.CreateVersion7();
        using var rest = deals.RestFor(tenant, All);
        var door = await open(rest);
        await deals.DeliverAsync(tenant, new FieldsChanged { Version = deals.Fields.Set(tenant, [.. door.Fields]), Field = door.Fields.Single(field => field.Unique) });
        var faults = await door.FaultsAsync(Token);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
