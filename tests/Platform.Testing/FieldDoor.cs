using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Field = Platform.CustomFields.V1.Field;

namespace Platform.Testing;

/// <summary>What the custom fields of a kind of record do at the public door of their service, whatever the kind.</summary>
/// <param name="Rest">Somebody who may read, write and export such records, without a language.</param>
/// <param name="Resource">The kind: <c>inventory.product</c>.</param>
/// <param name="Noun">Its name in requests: <c>product</c>.</param>
/// <param name="Path">Where the records are: <c>/api/v1/inventory/products</c>.</param>
/// <param name="Sample">A record that is right but for its custom fields; the number is another one each time.</param>
public sealed record FieldDoor(HttpClient Rest, string Resource, string Noun, string Path, Func<int, JsonObject> Sample)
{
    private const string Someone = "0190ac3e-0000-7000-8000-00000000a1a1";
    private static readonly string[] Regions = ["north", "south"];
    private int _made;

    /// <summary>Whether a record never changes once it is made.</summary>
    public bool IsFixed { get; init; }

    private sealed record Case(Field Field, string Right, string Wrong);

    private IReadOnlyList<Case> Cases =>
    [
        new(Of("text", FieldType.Text, defined => (defined.Pattern, defined.MaximumLength) = ("[A-Z]-[0-9]+", 8)), "\"A-1\"", "\"a1\""),
        new(Of("long", FieldType.LongText, defined => defined.MaximumLength = 10), "\"two\\nlines\"", "\"much too long for it\""),
        new(Of("number", FieldType.Number, defined => (defined.Minimum, defined.Maximum) = ("1", "60")), "42", "61"),
        new(Of("rate", FieldType.Decimal, defined => defined.Decimals = 2), "\"12.5\"", "\"12.505\""),
        new(Of("bonus", FieldType.Money, defined => defined.Minimum = "0"), """{"amount":"12.50","currency":"EUR"}""", """{"amount":"12.50"}"""),
        new(Of("day", FieldType.Date), "\"2026-05-31\"", "\"31.05.2026\""),
        new(Of("moment", FieldType.Instant), "\"2026-05-31T18:00:00.000000Z\"", "\"2026-05-31\""),
        new(Of("yes", FieldType.Boolean), "true", "\"true\""),
        new(Of("region", FieldType.SingleChoice), "\"north\"", "\"nord\""),
        new(Of("regions", FieldType.MultipleChoice), """["north","south"]""", """["north","nord"]"""),
        new(Of("mail", FieldType.Email), "\"a@b.example\"", "\"a\""),
        new(Of("phone", FieldType.Phone), "\"+49301234567\"", "\"call me\""),
        new(Of("page", FieldType.Url), "\"https://b.example/x\"", "\"ftp://b.example\""),
        new(Of("user", FieldType.User), $"\"{Someone}\"", "\"sam\""),
        new(Of("code", FieldType.Text, defined => defined.Unique = true), "\"C-0\"", "7"),
        new(Of("must", FieldType.Text, defined => defined.Required = true), "\"there\"", "\"\""),
        new(Of("usual", FieldType.Text, defined => defined.DefaultValue = Value.ForString("as always")), "\"other\"", "7"),
    ];

    /// <summary>The fields, to be told of first.</summary>
    public IReadOnlyList<Field> Fields => [.. Cases.Select(known => known.Field)];

    /// <summary>All that is not as docs/custom-fields.md says; empty where everything is.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var first = await ExpectAsync(HttpMethod.Post, Path, New(All("C-0")), HttpStatusCode.OK, "");
        if (first is null)
            return faults;
        foreach (var known in Cases)
            Same($"{known.Field.Key} as it was written", known.Right, first["customFields"]?[known.Field.Key]);

        foreach (var known in Cases)
        {
            var values = All($"W-{_made}");
            values[known.Field.Key] = JsonNode.Parse(known.Wrong);
            await ExpectAsync(HttpMethod.Post, Path, New(values), HttpStatusCode.BadRequest, "INVALID_ARGUMENT", known.Field.Key);
        }

        await ExpectAsync(HttpMethod.Post, Path, New(new JsonObject { ["must"] = "there", ["nubmer"] = 5 }), HttpStatusCode.BadRequest, "INVALID_ARGUMENT", "nubmer");
        await ExpectAsync(HttpMethod.Post, Path, New(new JsonObject { ["number"] = 5 }), HttpStatusCode.BadRequest, "INVALID_ARGUMENT", "must");
        var second = await ExpectAsync(HttpMethod.Post, Path, New(new JsonObject { ["must"] = "there", ["number"] = 7, ["code"] = "C-1" }), HttpStatusCode.OK, "");
        Same("the default", "\"as always\"", second?["customFields"]?["usual"]);
        await UniqueAsync();
        if (second is not null && !IsFixed)
            await ChangeAsync($"{Path}/{second["id"]}");
        await FindAsync($"{first["id"]}", $"{second?["id"]}");
        return faults;

        async Task UniqueAsync()
        {
            await ExpectAsync(HttpMethod.Post, Path, New(new JsonObject { ["must"] = "there", ["code"] = "c-0" }), HttpStatusCode.Conflict, "CUSTOM_FIELD_NOT_UNIQUE", "code");
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SendAsync(HttpMethod.Post, Path, New(new JsonObject { ["must"] = "there", ["code"] = "C-9" }))));
            var made = answers.Count(answer => answer.Status == HttpStatusCode.OK);
            if (made != 1)
                faults.Add($"Of six records with one unique value, written at once, {made} were taken.");
        }

        async Task ChangeAsync(string address)
        {
            var changed = await ExpectAsync(HttpMethod.Patch, address, new JsonObject { ["customFields"] = new JsonObject { ["number"] = 9, ["usual"] = null } }, HttpStatusCode.OK, "");
            Same("the changed value", "9", changed?["customFields"]?["number"]);
            Same("the value that was not sent", "\"C-1\"", changed?["customFields"]?["code"]);
            if (changed?["customFields"]?["usual"] is { } left)
                faults.Add($"null did not remove {left}.");
            await ExpectAsync(HttpMethod.Patch, address, new JsonObject { ["customFields"] = new JsonObject { ["number"] = 90 } }, HttpStatusCode.BadRequest, "INVALID_ARGUMENT", "number");
            await ExpectAsync(HttpMethod.Patch, address, new JsonObject { ["customFields"] = new JsonObject { ["code"] = "C-0" } }, HttpStatusCode.Conflict, "CUSTOM_FIELD_NOT_UNIQUE", "code");
            await ExpectAsync(HttpMethod.Patch, address, new JsonObject { ["customFields"] = new JsonObject { ["must"] = null } }, HttpStatusCode.BadRequest, "INVALID_ARGUMENT", "must");
            var masked = await ExpectAsync(HttpMethod.Patch, $"{address}?updateMask=customFields.number", new JsonObject { ["customFields"] = new JsonObject { ["number"] = 11, ["code"] = "X" } }, HttpStatusCode.OK, "");
            Same("the value outside of the mask", "\"C-1\"", masked?["customFields"]?["code"]);
        }

        async Task FindAsync(string one, string other)
        {
            foreach (var (filter, found) in new[]
            {
                ("custom_fields.number > 30", one), ("custom_fields.number < 30", other), ("custom_fields.code = \"C-1\"", other), ("custom_fields.day >= 2026-05-31", one),
                ("custom_fields.rate = 12.5", one), ("custom_fields.bonus = \"12.50 EUR\"", one), ("custom_fields.regions:south", one), ("custom_fields.yes = true", one),
            })
            {
                var ids = await IdsAsync($"filter={Uri.EscapeDataString(filter)}");
                if (ids is not [var only] || only != found)
                    faults.Add($"{filter} found {string.Join(' ', ids)}.");
            }

            var ordered = (await IdsAsync($"orderBy={Uri.EscapeDataString("custom_fields.number desc")}")).Where(id => id == one || id == other).ToList();
            if (ordered is not [var greatest, _] || greatest != one)
                faults.Add("A list is not in the order of a custom field.");
            await ExpectAsync(HttpMethod.Get, $"{Path}?filter={Uri.EscapeDataString("custom_fields.number = much")}", null, HttpStatusCode.BadRequest, "INVALID_FILTER");
            await ExpectAsync(HttpMethod.Get, $"{Path}?filter={Uri.EscapeDataString($"{new string('(', 1_000)}id = 1{new string(')', 1_000)}")}", null, HttpStatusCode.BadRequest, "INVALID_FILTER");
            await ExpectAsync(HttpMethod.Get, $"{Path}?filter={Uri.EscapeDataString($"id = \"{new string('a', 10_300)}\"")}", null, HttpStatusCode.BadRequest, "INVALID_FILTER");
            await ExpectAsync(HttpMethod.Get, $"{Path}?orderBy=custom_fields.nubmer", null, HttpStatusCode.BadRequest, "INVALID_ORDER_BY");
        }

        async Task<JsonNode?> ExpectAsync(HttpMethod method, string address, JsonObject? body, HttpStatusCode status, string code, string? key = null)
        {
            var (got, text) = await SendAsync(method, address, body);
            if (got != status)
            {
                faults.Add($"{method} {address[..Math.Min(address.Length, 120)]} {key} was answered with {(int)got}: {text}");
                return null;
            }

            var answer = JsonNode.Parse(text);
            if (status == HttpStatusCode.OK)
                return answer;
            var said = $"{answer?["detail"]}";
            if ($"{answer?["code"]}" != code || (key is not null && answer?["errors"]?.AsArray().Any(error => $"{error?["field"]}".StartsWith($"{Noun}.customFields.{key}", StringComparison.Ordinal)) is not true))
                faults.Add($"{method} {key} was refused without {code} and its field: {text}");
            else if (!said.Any(letter => letter is >= 'а' and <= 'я'))
                faults.Add($"{method} {key} was not refused in Russian: {said}");
            return answer;
        }

        async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpMethod method, string address, JsonObject? body)
        {
            using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.AcceptLanguage.ParseAdd("ru");
            using var answer = await Rest.SendAsync(request, cancellationToken);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        async Task<IReadOnlyList<string>> IdsAsync(string query)
        {
            var (status, text) = await SendAsync(HttpMethod.Get, $"{Path}?{query}", null);
            if (status != HttpStatusCode.OK)
                return [text];
            var list = JsonNode.Parse(text)!.AsObject().Select(member => member.Value).OfType<JsonArray>().First();
            return [.. list.Select(row => $"{row!["id"]}")];
        }

        void Same(string what, string expected, JsonNode? got)
        {
            if (got is null || !JsonNode.DeepEquals(JsonNode.Parse(expected), got))
                faults.Add($"{what} is {got?.ToJsonString() ?? "missing"} and not {expected}");
        }
    }

    private JsonObject New(JsonObject values)
    {
        var record = Sample(Interlocked.Increment(ref _made));
        record["customFields"] = values;
        return record;
    }

    private JsonObject All(string code)
    {
        var values = new JsonObject();
        foreach (var known in Cases)
            values[known.Field.Key] = JsonNode.Parse(known.Right);
        values["code"] = code;
        return values;
    }

    private Field Of(string key, FieldType type, Action<Field>? more = null)
    {
        var field = new Field { Resource = Resource, Key = key, Type = type, Label = key };
        if (type is FieldType.SingleChoice or FieldType.MultipleChoice)
            field.Choices.Add(Regions.Select(choice => new Choice { Key = choice, Label = choice }));
        more?.Invoke(field);
        return field;
    }
}
