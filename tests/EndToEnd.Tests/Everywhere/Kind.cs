using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests.Everywhere;

/// <summary>A kind of record that fields are added to: people, or an object that the company has made just now.</summary>
/// <param name="Resource">As fields and policies call it.</param>
/// <param name="Path">Its address below the API's.</param>
/// <param name="Name">The field that names a record.</param>
internal sealed record Kind(string Resource, string Path, string Name)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly Uri Objects = new("/api/v1/metadata/objects", UriKind.Relative);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Kind People { get; } = new("contacts.person", "contacts/people", "lastName");

    /// <summary>The events of records being made and changed have such a topic.</summary>
    public string Topic => this == People ? "contacts" : "records";

    /// <summary>Where files of records come in, and the column of the name in them.</summary>
    public Uri Imports => new(this == People ? "/api/v1/contacts/imports" : $"/api/v1/{Path}:import", UriKind.Relative);

    public string NameColumn => this == People ? "last_name" : "name";

    /// <summary>Makes an object, and waits until its records have an address.</summary>
    public static async Task<Kind> MakeAsync(HttpClient alice, string run)
    {
        using var made = await alice.PostAsJsonAsync(Objects, new { key = $"thing_{run}", pluralKey = $"things_{run}", label = "Thing", pluralLabel = "Things" }, Token);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Token));
        var kind = new Kind($"records.thing_{run}", $"objects/things_{run}", "name");
        await Eventually.HoldsAsync(async () => (await alice.GetAsync(kind.List(""), Token)).IsSuccessStatusCode, Deadline);
        return kind;
    }

    /// <summary>Makes a record of this kind, to which relations can lead; the answer is its id.</summary>
    public Task<string> RelatedAsync(HttpClient alice) => CreateAsync(alice, [], $"{Guid.NewGuid():N}", "");

    /// <summary>Has one record lead to another, and waits until that one counts it.</summary>
    public async Task LeadAsync(HttpClient door, string from, string to, string run)
    {
        var (relation, rollUp) = (FieldKind.Of(FieldType.Relation).KeyIn(run), FieldKind.Of(FieldType.RollUp).KeyIn(run));
        using var changed = await door.PatchAsJsonAsync(One(from), new JsonObject { ["customFields"] = new JsonObject { [relation] = to } }, Token);
        Assert.True(changed.IsSuccessStatusCode, await changed.Content.ReadAsStringAsync(Token));
        // Of a field that is new all records are counted first, and the answer says so meanwhile.
        await Eventually.HoldsAsync(async () => (await KeysAsync(door, to)).Contains(rollUp), Deadline);
    }

    public Uri List(string filter, string orderBy = "", string method = "") =>
        new($"/api/v1/{Path}{method}?filter={Uri.EscapeDataString(filter)}{(orderBy.Length > 0 ? $"&orderBy={Uri.EscapeDataString(orderBy)}" : "")}", UriKind.Relative);

    public Uri One(string id) => new($"/api/v1/{Path}/{id}", UriKind.Relative);

    /// <summary>Adds a field; the answer is its id.</summary>
    public async Task<string> AddAsync(HttpClient alice, FieldKind field, string run)
    {
        using var made = await alice.PostAsJsonAsync(new Uri("/api/v1/metadata/fields", UriKind.Relative), field.DefinitionIn(run, Resource), Token);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Token));
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString()!;
    }

    public static async Task RemoveAsync(HttpClient alice, string field)
    {
        using var gone = await alice.DeleteAsync(new Uri($"/api/v1/metadata/fields/{field}", UriKind.Relative), Token);
        Assert.True(gone.IsSuccessStatusCode, await gone.Content.ReadAsStringAsync(Token));
    }

    /// <summary>
    /// Waits until the owning service takes the field in a filter, or no longer does. What a service knows of fields it keeps for five
    /// minutes: within the deadline, only the event can have told it.
    /// </summary>
    public async Task KnowsAsync(HttpClient door, string key, bool known = true)
    {
        var last = "";
        try
        {
            await Eventually.HoldsAsync(async () =>
            {
                using var answer = await door.GetAsync(List($"custom_fields.{key}:*"), Token);
                last = $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Token)}";
                return answer.StatusCode == (known ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
            }, Deadline);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{key} is {(known ? "not known" : "known still")} after {Deadline.TotalSeconds} s. {last}");
        }
    }

    /// <summary>Makes a record with a value of each kind that people write; the answer is its id.</summary>
    public async Task<string> CreateAsync(HttpClient door, IEnumerable<FieldKind> fields, string run, string related)
    {
        var values = new JsonObject(fields.Where(field => field.IsWritten).Select(field => KeyValuePair.Create<string, JsonNode?>(field.KeyIn(run), field.ValueFor(related))));
        using var made = await door.PostAsJsonAsync(new Uri($"/api/v1/{Path}", UriKind.Relative), new JsonObject { [Name] = $"Everywhere {run}", ["customFields"] = values }, Token);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Token));
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString()!;
    }

    /// <summary>The ids of the records that a list has; nothing where it is refused.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(HttpClient door, string filter, string orderBy = "")
    {
        using var answer = await door.GetAsync(List(filter, orderBy), Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{filter}: {text}");
        var records = JsonDocument.Parse(text).RootElement.EnumerateObject().First(property => property.Value.ValueKind == JsonValueKind.Array).Value;
        return [.. records.EnumerateArray().Select(record => record.GetProperty("id").GetString()!)];
    }

    /// <summary>The keys that a record's custom fields have.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(HttpClient door, string id)
    {
        var record = await door.GetFromJsonAsync<JsonElement>(One(id), Token);
        return record.TryGetProperty("customFields", out var fields) && fields.ValueKind == JsonValueKind.Object ? [.. fields.EnumerateObject().Select(field => field.Name)] : [];
    }

    /// <summary>The same, by gRPC.</summary>
    public async Task<IEnumerable<string>> KeysAsync(ChannelBase channel, string token, string id)
    {
        var metadata = new Metadata { { "authorization", token } };
        Struct? fields = this == People
            ? (await new PeopleService.PeopleServiceClient(channel).GetPersonAsync(new GetPersonRequest { Id = id }, metadata, cancellationToken: Token)).CustomFields
            : (await new RecordsService.RecordsServiceClient(channel).GetRecordAsync(new GetRecordRequest { Object = Path.Split('/')[1], Id = id }, metadata, cancellationToken: Token)).CustomFields;
        return fields?.Fields.Keys ?? Enumerable.Empty<string>();
    }

    public async Task RenameAsync(HttpClient door, string id, string name)
    {
        using var changed = await door.PatchAsJsonAsync(One(id), new JsonObject { [Name] = name }, Token);
        Assert.True(changed.IsSuccessStatusCode, await changed.Content.ReadAsStringAsync(Token));
    }
}
