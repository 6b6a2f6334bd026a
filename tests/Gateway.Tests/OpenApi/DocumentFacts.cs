using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests.OpenApi;

/// <summary>What the API says of itself: to everybody, and to those of a company.</summary>
public sealed partial class DocumentFacts(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static readonly Uri Address = new("/openapi/v1.json", UriKind.Relative);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_token_it_is_the_contract_and_nothing_of_a_company()
    {
        using var client = gateway.Client(null);
        using var response = await client.GetAsync(Address, Token);
        var document = await ReadAsync(response);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var list = document.GetProperty("paths").GetProperty("/api/v1/contacts/people").GetProperty("get");
        Assert.Equal("contacts.read", list.GetProperty("security")[0].GetProperty("token")[0].GetString());
        Assert.True(Schema(document, "contacts.Person").GetProperty("properties").GetProperty("customFields").GetProperty("additionalProperties").GetBoolean());
        Assert.Equal("http://identity.test/realms/platform/protocol/openid-connect/auth", document.GetProperty("components").GetProperty("securitySchemes")
            .GetProperty("signIn").GetProperty("flows").GetProperty("authorizationCode").GetProperty("authorizationUrl").GetString());
    }

    [Fact]
    public async Task A_companys_fields_are_typed_and_described_and_what_is_hidden_is_absent()
    {
        using var client = gateway.Client();
        using var response = await client.GetAsync(Address, Token);
        var document = await ReadAsync(response);
        var person = Schema(document, "contacts.Person").GetProperty("properties");
        Assert.Equal("#/components/schemas/contacts.PersonCustomFields", person.GetProperty("customFields").GetProperty("$ref").GetString());
        var fields = Schema(document, "contacts.PersonCustomFields").GetProperty("properties");
        Assert.Equal(("string", "date", "Date", "Ask them."), (Text(fields, "own_date", "type"), Text(fields, "own_date", "format"), Text(fields, "own_date", "title"), Text(fields, "own_date", "description")));
        Assert.Equal((1, 9), (fields.GetProperty("level").GetProperty("minimum").GetInt32(), fields.GetProperty("level").GetProperty("maximum").GetInt32()));
        Assert.Equal(("array", 100), (Text(fields, "own_relations", "type"), fields.GetProperty("own_relations").GetProperty("maxItems").GetInt32()));
        Assert.Equal("uuid", Text(fields.GetProperty("own_relations"), "items", "format"));
        Assert.Contains("contacts.company", Text(fields, "own_relations", "description"), StringComparison.Ordinal);
        Assert.False(fields.TryGetProperty("secret", out _));
        Assert.False(person.TryGetProperty("phone", out _));
        Assert.True(person.GetProperty("jobTitle").GetProperty("readOnly").GetBoolean());
        var request = Schema(document, "contacts.PersonInput").GetProperty("properties");
        Assert.False(request.TryGetProperty("email", out _) || request.TryGetProperty("jobTitle", out _));
        // Who writes may take what is offered, or nothing.
        Assert.Equal(["s", null], Schema(document, "contacts.PersonCustomFieldsInput").GetProperty("properties").GetProperty("size").GetProperty("enum").EnumerateArray().Select(value => value.GetString()));
        var creation = document.GetProperty("paths").GetProperty("/api/v1/contacts/people").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.Equal("size", creation.GetProperty("allOf")[1].GetProperty("properties").GetProperty("customFields").GetProperty("required")[0].GetString());
    }

    [Fact]
    public async Task A_companys_objects_have_addresses_and_types_of_their_own()
    {
        using var client = gateway.Client();
        using var response = await client.GetAsync(Address, Token);
        var document = await ReadAsync(response);
        var list = document.GetProperty("paths").GetProperty("/api/v1/objects/machines").GetProperty("get");
        Assert.Equal(("records.listRecords.machines", "List Machines"), (list.GetProperty("operationId").GetString(), list.GetProperty("summary").GetString()));
        Assert.DoesNotContain(list.GetProperty("parameters").EnumerateArray(), parameter => parameter.TryGetProperty("name", out var name) && name.GetString() == "object");
        Assert.Equal("#/components/schemas/records.ListMachinesResponse", list.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString());
        Assert.Equal("#/components/schemas/records.Machine", Schema(document, "records.ListMachinesResponse").GetProperty("properties").GetProperty("records").GetProperty("items").GetProperty("$ref").GetString());
        Assert.Equal("integer", Text(Schema(document, "records.MachineCustomFields").GetProperty("properties"), "power", "type"));
        var creation = document.GetProperty("paths").GetProperty("/api/v1/objects/machines").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.Equal("#/components/schemas/records.MachineInput", creation.GetProperty("allOf")[0].GetProperty("$ref").GetString());
        // Records in general are still there, and know nothing of machines.
        Assert.True(Schema(document, "records.Record").GetProperty("properties").GetProperty("customFields").GetProperty("additionalProperties").GetBoolean());
        Assert.Equal("machines", document.GetProperty("tags").EnumerateArray().Last().GetProperty("name").GetString()!["records.".Length..]);
    }

    [Fact]
    public async Task Two_hundred_objects_have_what_one_has_whatever_they_are_called()
    {
        using var stranger = gateway.Client(null);
        using var general = await stranger.GetAsync(Address, Token);
        using var client = gateway.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(FakeResources.Large);
        var begun = Stopwatch.GetTimestamp();
        using var response = await client.GetAsync(Address, Token);
        var document = await ReadAsync(response);
        TestContext.Current.TestOutputHelper!.WriteLine($"{Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0} ms, {(await response.Content.ReadAsByteArrayAsync(Token)).Length / 1024} KiB");
        var (before, after) = (Names(await ReadAsync(general)), Names(document));
        var ofRecords = before.Count(name => name.StartsWith("records.", StringComparison.Ordinal) && name.Contains("Record", StringComparison.Ordinal));
        // And two each for its own fields.
        Assert.Equal(before.Count + (200 * (ofRecords + 2)), after.Count);
        Assert.True(Schema(document, "records.Note").GetProperty("properties").TryGetProperty("body", out _));
        Assert.True(Schema(document, "records.Note_").GetProperty("properties").TryGetProperty("customFields", out _));
        var named = SchemaReference().Matches(document.GetRawText()).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Empty(named.Except(after));

        static HashSet<string> Names(JsonElement document) => [.. document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => schema.Name)];
    }

    [Fact]
    public async Task Labels_are_in_the_readers_language()
    {
        using var client = gateway.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de-DE,en;q=0.5");
        using var response = await client.GetAsync(Address, Token);
        Assert.Equal("Mensch", Schema(await ReadAsync(response), "contacts.Person").GetProperty("title").GetString());
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        using var stranger = gateway.Client(null);
        using var member = gateway.Client();
        using var first = await stranger.GetAsync(Address, Token);
        using var own = await member.GetAsync(Address, Token);
        Assert.NotEqual(first.Headers.ETag, own.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(stranger, first.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(member, own.Headers.ETag!));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(member, first.Headers.ETag!));
        Assert.Contains("Authorization", own.Headers.Vary);
        Assert.True(own.Headers.CacheControl is { Private: true, NoCache: true });
    }

    [Fact]
    public async Task A_wrong_token_is_refused_and_a_person_without_a_company_sees_the_contract()
    {
        using var client = gateway.Client("nonsense");
        using var refused = await client.GetAsync(Address, Token);
        await Problem.IsAsync(refused, HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        using var nobody = gateway.Client(TestTokens.Create(new() { ["sub"] = $"{Guid.CreateVersion7()}" }));
        using var shown = await nobody.GetAsync(Address, Token);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
    }

    [Fact]
    public async Task While_the_companys_fields_cannot_be_asked_for_there_is_no_document_without_them()
    {
        using var client = gateway.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(FakeResources.Outage);
        using var response = await client.GetAsync(Address, Token);
        await Problem.IsAsync(response, HttpStatusCode.ServiceUnavailable, "UNAVAILABLE");
        Assert.NotNull(response.Headers.RetryAfter);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address) { Headers = { IfNoneMatch = { tag } } };
        using var response = await client.SendAsync(request, Token);
        return response.StatusCode;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static JsonElement Schema(JsonElement document, string name) => document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private static string? Text(JsonElement fields, string key, string name) => fields.GetProperty(key).GetProperty(name).GetString();

    [GeneratedRegex("#/components/schemas/([^\"]+)\"")]
    private static partial Regex SchemaReference();
}
