using System.Text.Json.Nodes;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Activities;

public sealed class ActivityFieldFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task Custom_fields_of_activities_hold_at_the_door_and_what_is_wrong_is_said_in_Russian()
    {
        var tenant = Guid.CreateVersion7();
        using var rest = contacts.Rest(tenant);
        using var made = await rest.PostAsync(new Uri("/api/v1/contacts/people", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new JsonObject { ["lastName"] = "Stone" }), TestContext.Current.CancellationToken);
        var person = $"{JsonNode.Parse(await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["id"]}";
        var door = new FieldDoor(rest, "contacts.activity", "activity", "/api/v1/contacts/activities",
            number => new JsonObject { ["personId"] = person, ["kind"] = "ACTIVITY_KIND_NOTE", ["subject"] = $"Note {number}" });
        await contacts.DeliverAsync(tenant, new FieldsChanged { Version = contacts.Fields.Set(tenant, [.. door.Fields]), Field = door.Fields.Single(field => field.Unique) });
        var faults = await door.FaultsAsync(TestContext.Current.CancellationToken);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
