using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Segments;

public sealed class BadSegmentFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private const string Path = "/api/v1/contacts/segments";

    private static readonly string[] WrongFilters = ["naem : x", "create_time > much", "custom_fields.none = 1", "email :", "owner_id = user.id", BadInput.TooDeep];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_wrong_with_a_segment_is_named_and_nothing_of_it_is_kept()
    {
        using var rest = contacts.Rest(Guid.CreateVersion7());
        using var made = await rest.PostAsJsonAsync(Path, Good(), Token);
        var text = await made.Content.ReadAsStringAsync(Token);
        Assert.True(made.IsSuccessStatusCode, text);
        List<BadInput> wrong =
        [
            .. WrongFilters.Select(filter => new BadInput(With("filter", filter), "INVALID_FILTER", "segment.filter")),
            new(With("filter", BadInput.TooLong), "INVALID_ARGUMENT", "segment.filter"),
            new(With("filter", "segments : \"0190ac3e-0000-7000-8000-00000000a1a1\""), "INVALID_ARGUMENT", "segment.filter"),
            new(With("filter", 5), "INVALID_ARGUMENT", "filter"),
            new(With("kind", "SEGMENT_KIND_LUCKY"), "INVALID_ARGUMENT", "kind"),
            new(With("kind", "SEGMENT_KIND_STATIC"), "INVALID_ARGUMENT", "segment.filter"),
            new(With("resource", "contacts.nothing"), "INVALID_ARGUMENT", "segment.resource"),
            new(With("timeZone", "Mars/Base"), "INVALID_ARGUMENT", "segment.timeZone"),
            new(With("name", "  "), "INVALID_ARGUMENT", "segment.name"),
            new(With("name", BadInput.LongName), "INVALID_ARGUMENT", "segment.name"),
            new(With("colour", "red"), "INVALID_ARGUMENT", "colour"),
            new("""{"name":"a","name":"b"}""", "INVALID_ARGUMENT", "name"),
        ];
        var faults = new List<string>(await BadInput.FaultsAsync(rest, HttpMethod.Post, Path, [.. wrong, new(Good().ToJsonString(), "SEGMENT_EXISTS", "segment.name")], Token));
        faults.AddRange(await BadInput.FaultsAsync(rest, HttpMethod.Patch, $"{Path}/{JsonNode.Parse(text)!["id"]}", wrong, Token));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        var kept = Assert.Single(JsonNode.Parse(await rest.GetStringAsync(new Uri(Path, UriKind.Relative), Token))!["segments"]!.AsArray())!;
        Assert.Equal(("Customers", "email:*"), ($"{kept["name"]}", $"{kept["filter"]}"));
    }

    private static JsonObject Good() => new() { ["name"] = "Customers", ["resource"] = "contacts.person", ["kind"] = "SEGMENT_KIND_DYNAMIC", ["filter"] = "email:*" };

    private static string With(string name, JsonNode value)
    {
        var body = Good();
        body[name] = value;
        return body.ToJsonString();
    }
}
