using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests;

public sealed class RelationFieldFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task Custom_fields_of_relations_hold_at_the_door_and_what_is_wrong_is_said_in_Russian()
    {
        var tenant = Guid.CreateVersion7();
        using var rest = contacts.Rest(tenant);
        var (ann, bob) = (await MakeAsync("Stone"), await MakeAsync("Hill"));
        var door = new FieldDoor(rest, "contacts.relation", "relation", "/api/v1/contacts/relations",
            number => new JsonObject { ["fromPersonId"] = ann, ["toPersonId"] = bob, ["label"] = $"Partner {number}" });
        await contacts.DeliverAsync(tenant, new FieldsChanged { Version = contacts.Fields.Set(tenant, [.. door.Fields]), Field = door.Fields.Single(field => field.Unique) });
        var faults = await door.FaultsAsync(TestContext.Current.CancellationToken);
        Assert.True(faults.Count == 0, string.Join('\n', faults));

        async Task<string> MakeAsync(string name)
        {
            using var made = await rest.PostAsJsonAsync("/api/v1/contacts/people", new { lastName = name }, TestContext.Current.CancellationToken);
            return $"{JsonNode.Parse(await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["id"]}";
        }
    }
}
