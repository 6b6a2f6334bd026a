using System.Text.Json.Nodes;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;
using static Inventory.Tests.InventoryFixture;

namespace Inventory.Tests;

public sealed class ProductFieldFacts(InventoryFixture inventory)
{
    [Fact]
    public async Task Custom_fields_of_products_hold_at_the_door_and_what_is_wrong_is_said_in_Russian()
    {
        var tenant = Guid.CreateVersion7();
        using var rest = inventory.RestFor(tenant, All);
        var door = new FieldDoor(rest, "inventory.product", "product", "/api/v1/inventory/products", number => new JsonObject { ["code"] = $"P-{number}", ["name"] = "Pump", ["taxRate"] = "20" });
        await inventory.DeliverAsync(tenant, new FieldsChanged { Version = inventory.Fields.Set(tenant, [.. door.Fields]), Field = door.Fields.Single(field => field.Unique) });
        var faults = await door.FaultsAsync(Token);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
