using System.Text.Json.Nodes;
using Platform.CustomFields.V1;

namespace EndToEnd.Tests.Everywhere;

/// <summary>A type of field, with a value as it is sent and a filter that finds it.</summary>
/// <param name="Type">The type.</param>
/// <param name="Json">The value; empty where the platform sets it.</param>
/// <param name="Filter">What is said of the field.</param>
internal sealed record FieldKind(FieldType Type, string Json, string Filter)
{
    /// <summary>Stands for the id of a record that there is, because a relation leads to one.</summary>
    private const string Related = "RELATED";

    private static readonly string[] Regions = ["north", "south"];

    /// <summary>All that there are; formulas and roll-ups last, because they read another one.</summary>
    public static IReadOnlyList<FieldKind> All { get; } =
    [
        new(FieldType.Text, "\"one line\"", "= \"one line\""), new(FieldType.LongText, "\"two\\nlines\"", ": \"two\""), new(FieldType.Number, "42", "> 41"), new(FieldType.Decimal, "\"12.50\"", "= 12.5"),
        new(FieldType.Money, """{"amount":"99.90","currency":"EUR"}""", "< \"100 EUR\""), new(FieldType.Date, "\"2026-05-31\"", "<= 2026-05-31"),
        new(FieldType.Instant, "\"2026-05-31T18:00:00+02:00\"", "= 2026-05-31T16:00:00Z"), new(FieldType.Boolean, "true", "= true"),
        new(FieldType.SingleChoice, "\"north\"", "= north"), new(FieldType.MultipleChoice, """["north","south"]""", ": south"), new(FieldType.Email, "\"x@company.example\"", ": company"),
        new(FieldType.Phone, "\"+49 30 1234567\"", ": 1234"), new(FieldType.Url, "\"https://company.example\"", "= \"https://*\""),
        new(FieldType.User, "\"0190ac3e-0000-7000-8000-0000000000a2\"", "= 0190ac3e-0000-7000-8000-0000000000a2"), new(FieldType.Relation, $"\"{Related}\"", $"= {Related}"),
        new(FieldType.Relations, $"[\"{Related}\"]", $": {Related}"), new(FieldType.Confidential, "\"DE89 3704 0044 0532 0130 00\"", "= \"DE89*\""),
        new(FieldType.AutoNumber, "", "= \"E-*\""), new(FieldType.Formula, "", "= 84"), new(FieldType.RollUp, "", "= 1"),
    ];

    /// <summary>The kind that this one reads; null for none.</summary>
    public FieldKind? Reads => Type switch
    {
        FieldType.Formula => Of(FieldType.Number),
        FieldType.RollUp => Of(FieldType.Relation),
        _ => null,
    };

    /// <summary>Whether people write its values.</summary>
    public bool IsWritten => Json.Length > 0;

    public static FieldKind Of(FieldType type) => All.Single(kind => kind.Type == type);

    public string KeyIn(string run) => $"{Type}_{run}".ToLowerInvariant();

    /// <summary>The filter for the field of this run.</summary>
    public string FilterIn(string run, string related) => $"custom_fields.{KeyIn(run)} {Filter.Replace(Related, related, StringComparison.Ordinal)}";

    /// <summary>The value for a record.</summary>
    public JsonNode ValueFor(string related) => JsonNode.Parse(Json.Replace(Related, related, StringComparison.Ordinal))!;

    /// <summary>What makes the field.</summary>
    public JsonObject DefinitionIn(string run, string resource)
    {
        var field = new JsonObject
        {
            ["resource"] = resource,
            ["key"] = KeyIn(run),
            ["type"] = $"FIELD_TYPE_{string.Concat($"{Type}".Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{c}")).ToUpperInvariant()}",
            ["label"] = $"{Type} {run}",
        };
        if (Type is FieldType.SingleChoice or FieldType.MultipleChoice)
            field["choices"] = new JsonArray([.. Regions.Select(key => new JsonObject { ["key"] = key, ["label"] = key })]);
        if (Type is FieldType.Relation or FieldType.Relations)
            field["relatedResource"] = resource;
        if (Type == FieldType.AutoNumber)
            field["numberPattern"] = "E-{0000}";
        if (Type == FieldType.Formula)
            field["formula"] = $"custom_fields.{Reads!.KeyIn(run)} * 2";
        if (Type == FieldType.RollUp)
            field["rollUp"] = new JsonObject { ["resource"] = resource, ["relation"] = $"custom_fields.{Reads!.KeyIn(run)}", ["function"] = "ROLL_UP_FUNCTION_COUNT" };
        return field;
    }
}
