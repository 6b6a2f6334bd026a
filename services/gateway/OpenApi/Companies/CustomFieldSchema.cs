using System.Globalization;
using System.Text.Json.Nodes;
using Platform.CustomFields;
using Platform.CustomFields.Relations;
using Platform.CustomFields.V1;

namespace Platform.Gateway.OpenApi.Companies;

/// <summary>A field that a company defined, as a property.</summary>
internal static class CustomFieldSchema
{
    private const long Largest = 9_007_199_254_740_991;

    /// <summary>The property; in a request it may also be null, which removes the value.</summary>
    public static JsonObject Of(FieldDescriptor descriptor, bool isRequest)
    {
        var field = descriptor.Definition;
        var schema = TypeOf(field, isRequest);
        if (isRequest)
            AllowNull(schema);
        schema["title"] = descriptor.Label;
        if (string.Join("\n\n", Texts(field).Where(text => text.Length > 0)) is { Length: > 0 } description)
            schema["description"] = description;
        if (field.Deprecated)
            schema["deprecated"] = true;
        if (isRequest && field.DefaultValue is not null)
            schema["default"] = JsonNode.Parse(field.DefaultValue.ToString());
        if (!isRequest && (descriptor.OutputOnly || descriptor.Access != "full"))
            schema["readOnly"] = true;
        return schema;
    }

    private static JsonObject TypeOf(Field field, bool isRequest) => field.ValueType() switch
    {
        FieldType.Text or FieldType.LongText or FieldType.Confidential => Text(field),
        FieldType.Number => Number(field),
        FieldType.Decimal => isRequest ? new() { ["type"] = new JsonArray("string", "number") } : new() { ["type"] = "string", ["pattern"] = @"^-?[0-9]{1,15}(\.[0-9]{1,10})?$" },
        FieldType.Money => Money(),
        FieldType.Date => new() { ["type"] = "string", ["format"] = "date" },
        FieldType.Instant => new() { ["type"] = "string", ["format"] = "date-time" },
        FieldType.Boolean => new() { ["type"] = "boolean" },
        FieldType.SingleChoice => Choice(field, isRequest),
        FieldType.MultipleChoice => new() { ["type"] = "array", ["items"] = Choice(field, isRequest), ["uniqueItems"] = true },
        FieldType.Email => new() { ["type"] = "string", ["format"] = "email" },
        FieldType.Phone => new() { ["type"] = "string" },
        FieldType.Url => new() { ["type"] = "string", ["format"] = "uri" },
        FieldType.User or FieldType.Relation => new() { ["type"] = "string", ["format"] = "uuid" },
        FieldType.Relations => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string", ["format"] = "uuid" }, ["uniqueItems"] = true, ["maxItems"] = RelationValues.Most },
        // One that this gateway does not know yet.
        _ => [],
    };

    private static JsonObject Text(Field field)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (field.MinimumLength > 0)
            schema["minLength"] = field.MinimumLength;
        if (field.MaximumLength > 0)
            schema["maxLength"] = field.MaximumLength;
        // What .NET alone understands stays in the description.
        if (field.Pattern.Length > 0 && !field.Pattern.Replace("(?:", "", StringComparison.Ordinal).Contains("(?", StringComparison.Ordinal) && !field.Pattern.Contains('\\', StringComparison.Ordinal))
            schema["pattern"] = $"^(?:{field.Pattern})$";
        return schema;
    }

    private static JsonObject Number(Field field) => new()
    {
        ["type"] = "integer",
        ["minimum"] = long.TryParse(field.Minimum, CultureInfo.InvariantCulture, out var least) ? least : -Largest,
        ["maximum"] = long.TryParse(field.Maximum, CultureInfo.InvariantCulture, out var most) ? most : Largest,
    };

    private static JsonObject Money() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["amount"] = new JsonObject { ["type"] = "string" }, ["currency"] = new JsonObject { ["type"] = "string", ["description"] = "ISO 4217 code." } },
        ["required"] = new JsonArray("amount", "currency"),
    };

    // Records keep choices that are no longer offered, or are gone: only requests are held to the list.
    private static JsonObject Choice(Field field, bool isRequest) => isRequest
        ? new() { ["type"] = "string", ["enum"] = Keys(field.Choices.Where(choice => !choice.Deprecated)) }
        : new() { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["enum"] = Keys(field.Choices) }, new JsonObject { ["type"] = "string" }) };

    private static JsonArray Keys(IEnumerable<Choice> choices) => new([.. choices.Select(choice => (JsonNode)choice.Key)]);

    private static void AllowNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
            types.Add("null");
        else if (schema["type"] is JsonValue type)
            schema["type"] = new JsonArray(type.GetValue<string>(), "null");
        if (schema["enum"] is JsonArray values)
            values.Add((JsonNode?)null);
    }

    private static IEnumerable<string> Texts(Field field)
    {
        yield return field.Help;
        if (field.Choices.Count > 0)
            yield return string.Join("\n", field.Choices.Select(choice => $"- `{choice.Key}`: {choice.Label}{(choice.Deprecated ? " (no longer offered)" : "")}"));
        if (field.RelatedResource.Length > 0)
            yield return field.Type == FieldType.Relations ? $"Ids of records of `{field.RelatedResource}`." : $"The id of a record of `{field.RelatedResource}`.";
        if (field.Type != FieldType.Number && (field.Minimum.Length > 0 || field.Maximum.Length > 0))
            yield return $"From {(field.Minimum.Length > 0 ? field.Minimum : "…")} to {(field.Maximum.Length > 0 ? field.Maximum : "…")}.";
        if (field.Pattern.Length > 0)
            yield return $"Fits `{field.Pattern}`.";
        if (field.Type == FieldType.Confidential)
            yield return "Confidential: seen and written with the permission `metadata.confidential` only.";
        if (field.VisibleWhen.Length > 0)
            yield return $"In use where `{field.VisibleWhen}`.";
        if (field.Required)
            yield return "Required.";
        if (field.Unique)
            yield return "Unique in the company.";
    }
}
