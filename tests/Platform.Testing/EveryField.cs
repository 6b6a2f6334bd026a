using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Field = Platform.CustomFields.V1.Field;

namespace Platform.Testing;

/// <summary>A custom field of each type that people fill, with values that a file could spoil, and names that another field or choice has as its label.</summary>
public static class EveryField
{
    private const string One = "0190ac3e-0000-7000-8000-00000000a1a1";
    private const string Other = "0190ac3e-0000-7000-8000-00000000b2b2";

    /// <summary>The fields of a kind of record.</summary>
    /// <param name="resource">The kind.</param>
    /// <param name="related">The kind that relations lead to; empty for none of these.</param>
    public static Field[] Of(string resource, string related) =>
    [
        Make(resource, "text", FieldType.Text), Make(resource, "te_xt", FieldType.Text), Make(resource, "size", FieldType.Text, label: "number"), Make(resource, "long", FieldType.LongText),
        Make(resource, "number", FieldType.Number), Make(resource, "least", FieldType.Number), Make(resource, "rate", FieldType.Decimal), Make(resource, "bonus", FieldType.Money),
        Make(resource, "day", FieldType.Date), Make(resource, "moment", FieldType.Instant), Make(resource, "exact", FieldType.Instant), Make(resource, "yes", FieldType.Boolean),
        Make(resource, "region", FieldType.SingleChoice), Make(resource, "regions", FieldType.MultipleChoice), Make(resource, "mail", FieldType.Email), Make(resource, "call", FieldType.Phone),
        Make(resource, "page", FieldType.Url), Make(resource, "user", FieldType.User), Make(resource, "secret", FieldType.Confidential),
        .. related.Length == 0 ? Array.Empty<Field>() : [Make(resource, "leads_to", FieldType.Relation, related: related), Make(resource, "leads_to_all", FieldType.Relations, related: related)],
    ];

    /// <summary>A value of each.</summary>
    /// <param name="related">As above.</param>
    public static Struct Values(string related)
    {
        var values = Struct.Parser.ParseJson($$"""
            {"text": "=1+1, \"quoted\"; 'so'", "te_xt": "-5", "size": "XL", "long": "two\nlines,\tand; more", "number": 9007199254740991, "least": -7, "rate": "-12.125",
             "bonus": {"amount": "99999999999999.95", "currency": "EUR"}, "day": "1899-12-31", "moment": "2026-05-31T13:45:10.000000Z", "exact": "2026-05-31T13:45:10.123456Z", "yes": false,
             "region": "south", "regions": ["north", "south"], "mail": "a@b.example", "call": "+49301234567", "page": "https://b.example/x?a=1&b=2;c", "user": "{{One}}", "secret": "DE00 1234 5678 00"}
            """);
        if (related.Length > 0)
        {
            values.Fields["leads_to"] = Value.ForString(One);
            values.Fields["leads_to_all"] = Value.ForList(Value.ForString(One), Value.ForString(Other));
        }

        return values;
    }

    private static Field Make(string resource, string key, FieldType type, string label = "", string related = "")
    {
        var field = new Field { Resource = resource, Key = key, Type = type, Label = label.Length > 0 ? label : $"The {key}", RelatedResource = related };
        if (type is FieldType.SingleChoice or FieldType.MultipleChoice)
            field.Choices.Add([new Choice { Key = "north", Label = "South" }, new Choice { Key = "south", Label = "North" }]);
        return field;
    }
}
