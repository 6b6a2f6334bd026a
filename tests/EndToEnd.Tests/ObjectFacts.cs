using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>An object that a company defines now has within seconds what a built-in resource has, and is nobody else's.</summary>
public sealed class ObjectFacts(RunningStack stack)
{
    // The type, a value as it is sent, and a filter that finds it.
    private static readonly (string Type, string Json, string Filter)[] Kinds =
    [
        ("TEXT", "\"one line\"", "= \"one line\""), ("LONG_TEXT", "\"two\\nlines\"", ": \"two\""), ("NUMBER", "42", "> 41"), ("DECIMAL", "\"12.50\"", "= 12.5"),
        ("MONEY", """{"amount":"99.90","currency":"EUR"}""", "< \"100 EUR\""), ("DATE", "\"2026-05-31\"", "<= 2026-05-31"), ("INSTANT", "\"2026-05-31T18:00:00+02:00\"", "= 2026-05-31T16:00:00Z"),
        ("BOOLEAN", "true", "= true"), ("EMAIL", "\"x@company.example\"", ": company"), ("PHONE", "\"+49 30 1234567\"", ": 1234"), ("URL", "\"https://company.example\"", "= \"https://*\""),
        ("USER", "\"0190ac3e-0000-7000-8000-0000000000a2\"", "= 0190ac3e-0000-7000-8000-0000000000a2"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_with_fields_of_each_type_is_everywhere_and_another_company_sees_nothing()
    {
        var key = $"machine_r{Guid.NewGuid():N}"[..16];
        using var alice = await stack.HttpForAliceAsync();
        await PostAsync(alice, "/api/v1/metadata/objects", $$"""{"key":"{{key}}","pluralKey":"{{key}}s","label":"Machine","pluralLabel":"Machines","numberPattern":"M-{000}"}""");
        foreach (var (type, _, _) in Kinds)
            await PostAsync(alice, "/api/v1/metadata/fields", $$"""{"resource":"records.{{key}}","key":"{{type.ToLowerInvariant()}}","type":"FIELD_TYPE_{{type}}","label":"{{type}}"}""");

        var path = $"/api/v1/objects/{key}s";
        var body = $"{{\"name\":\"Press\",\"customFields\":{{{string.Join(',', Kinds.Select(kind => $"\"{kind.Type.ToLowerInvariant()}\":{kind.Json}"))}}}}}";
        JsonElement? made = null;
        await Eventually.HoldsAsync(async () => (made = await TryPostAsync(alice, path, body)) is not null);
        var (press, id) = (made!.Value, made.Value.GetProperty("id").GetString()!);
        Assert.Equal(("M-001", $"records.{key}"), (press.GetProperty("number").GetString(), press.GetProperty("resource").GetString()));
        Assert.Equal(Kinds.Length, press.GetProperty("customFields").EnumerateObject().Count());

        foreach (var (type, _, filter) in Kinds)
            Assert.Equal(1, (await GetAsync(alice, $"{path}?filter={Uri.EscapeDataString($"custom_fields.{type.ToLowerInvariant()} {filter}")}")).GetProperty("records").GetArrayLength());
        await PostAsync(alice, path, """{"name":"Drill","customFields":{"number":7}}""");
        var sorted = (await GetAsync(alice, $"{path}?orderBy=custom_fields.number%20desc&showTotal=true"));
        Assert.Equal(["Press", "Drill"], sorted.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("name").GetString()));
        Assert.Equal(2, sorted.GetProperty("totalSize").GetInt32());
        Assert.Contains("M-002,Drill", await alice.GetStringAsync(new Uri($"{path}:export", UriKind.Relative), Token), StringComparison.Ordinal);

        var described = await GetAsync(alice, $"/api/v1/metadata/resources/records.{key}");
        Assert.Equal(path, described.GetProperty("restPath").GetString());
        Assert.All(Kinds, kind => Assert.Contains(described.GetProperty("fields").EnumerateArray(), field => field.GetProperty("path").GetString() == $"custom_fields.{kind.Type.ToLowerInvariant()}"));
        Assert.True((await GetAsync(alice, $"/api/v1/access:explain?resource=records.{key}&action=read&id={id}")).GetProperty("allowed").GetBoolean());
        await Eventually.HoldsAsync(async () => (await GetAsync(alice, $"/api/v1/audit/entries?resource=records.{key}&id={id}")).ToString().Contains("Press", StringComparison.Ordinal));

        using var greg = await stack.HttpForGregAsync();
        foreach (var hidden in new[] { path, $"{path}/{id}", $"{path}:export" })
        {
            using var answer = await greg.GetAsync(new Uri(hidden, UriKind.Relative), Token);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.DoesNotContain(key, (await GetAsync(greg, "/api/v1/metadata/resources")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relation_leads_to_a_person_and_what_leads_there_goes_when_the_person_does()
    {
        var key = $"visit_r{Guid.NewGuid():N}"[..14];
        using var alice = await stack.HttpForAliceAsync();
        await PostAsync(alice, "/api/v1/metadata/objects", $$"""{"key":"{{key}}","pluralKey":"{{key}}s","label":"Visit","pluralLabel":"Visits"}""");
        foreach (var field in new[] { "\"key\":\"customer\",\"type\":\"FIELD_TYPE_RELATION\",\"onDelete\":\"RELATION_DELETION_DELETE\"", "\"key\":\"guests\",\"type\":\"FIELD_TYPE_RELATIONS\"" })
            await PostAsync(alice, "/api/v1/metadata/fields", $$"""{"resource":"records.{{key}}","label":"Relation","relatedResource":"contacts.person",{{field}}}""");
        var people = new List<string>();
        foreach (var name in new[] { "Ann", "Bob" })
            people.Add((await TryPostAsync(alice, "/api/v1/contacts/people", $$"""{"lastName":"{{name}}"}"""))!.Value.GetProperty("id").GetString()!);
        var path = $"/api/v1/objects/{key}s";
        JsonElement? made = null;
        await Eventually.HoldsAsync(async () => (made = await TryPostAsync(alice, path, $$$"""{"name":"First","customFields":{"customer":"{{{people[0]}}}","guests":["{{{people[1]}}}"]}}""")) is not null);
        await PostAsync(alice, path, $$$"""{"name":"Second","customFields":{"customer":"{{{people[1]}}}","guests":["{{{people[0]}}}","{{{people[1]}}}"]}}""");
        Assert.Null(await TryPostAsync(alice, path, $$$"""{"name":"Third","customFields":{"customer":"{{{Guid.NewGuid()}}}"}}"""));
        var described = (await GetAsync(alice, "/api/v1/metadata/resources/contacts.person")).GetProperty("relations").EnumerateArray();
        var incoming = described.Single(relation => relation.GetProperty("resource").GetString() == $"records.{key}" && relation.GetProperty("path").GetString() == "custom_fields.guests");
        Assert.Equal(path, incoming.GetProperty("restPath").GetString());
        var filter = incoming.GetProperty("filter").GetString()!.Replace("{id}", people[0], StringComparison.Ordinal);
        Assert.Equal("Second", Assert.Single((await GetAsync(alice, $"{path}?filter={Uri.EscapeDataString(filter)}")).GetProperty("records").EnumerateArray().ToList()).GetProperty("name").GetString());

        using var deleted = await alice.DeleteAsync(new Uri($"/api/v1/contacts/people/{people[0]}", UriKind.Relative), Token);
        Assert.True(deleted.IsSuccessStatusCode);
        await Eventually.HoldsAsync(async () => (await GetAsync(alice, $"{path}/{made!.Value.GetProperty("id").GetString()}")).TryGetProperty("deleteTime", out var time) && time.ValueKind == JsonValueKind.String, TimeSpan.FromSeconds(60));
        await Eventually.HoldsAsync(async () => (await GetAsync(alice, $"{path}?filter={Uri.EscapeDataString(filter)}")).GetProperty("records").GetArrayLength() == 0, TimeSpan.FromSeconds(60));
        Assert.Equal("Second", Assert.Single((await GetAsync(alice, path)).GetProperty("records").EnumerateArray().ToList()).GetProperty("name").GetString());
    }

    private static async Task PostAsync(HttpClient client, string path, string json) => Assert.NotNull(await TryPostAsync(client, path, json));

    private static async Task<JsonElement?> TryPostAsync(HttpClient client, string path, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), body, Token);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>(Token) : null;
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) => await client.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), Token);
}
