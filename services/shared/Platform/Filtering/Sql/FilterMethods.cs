using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Platform.Monetary;

namespace Platform.Filtering.Sql;

/// <summary>What expressions ask of text and of JSON: PostgreSQL's functions in a query, the same answers in memory.</summary>
internal static class FilterMethods
{
    // Beyond these a decimal does not hold what PostgreSQL's numeric holds.
    public const double Limit = 1e28;
    public const int Scale = 28;

    /// <summary>Characters replaced one by one.</summary>
    public static string Translate(string text, string from, string to) =>
        string.Create(text.Length, (text, from, to), (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = source.from.IndexOf(source.text[i], StringComparison.Ordinal) is >= 0 and var found ? source.to[found] : source.text[i];
        });

    /// <summary>A field of custom fields; null where it is not there.</summary>
    public static Value? Get(Struct fields, string key) => fields.Fields.GetValueOrDefault(key);

    /// <summary>A field of an object; null where it is not there, or this is no object.</summary>
    public static Value? Member(Value? value, string key) =>
        value?.KindCase == Value.KindOneofCase.StructValue ? value.StructValue.Fields.GetValueOrDefault(key) : null;

    /// <summary>The text; null where it is not text.</summary>
    public static string? Text(Value? value) => value?.KindCase == Value.KindOneofCase.StringValue ? value.StringValue : null;

    /// <summary>Whether it is true; null where it is neither true nor false.</summary>
    public static bool? Boolean(Value? value) => value?.KindCase == Value.KindOneofCase.BoolValue ? value.BoolValue : null;

    /// <summary>The number; null where it is not a number that a decimal can hold exactly.</summary>
    public static decimal? Number(Value? value)
    {
        if (value?.KindCase != Value.KindOneofCase.NumberValue || !(Math.Abs(value.NumberValue) < Limit))
            return null;
        var text = value.NumberValue.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = exponent < 0 ? text : text[..exponent];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var decimals = (point < 0 ? 0 : mantissa.Length - point - 1) - (exponent < 0 ? 0 : int.Parse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        return decimals > Scale ? null : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>The number in a text, of at most 15 digits before and 10 after the point; null where it is no such text.</summary>
    public static decimal? Decimal(Value? value) => value?.KindCase == Value.KindOneofCase.StringValue && DecimalText.TryParse(value.StringValue, out var number) ? number : null;

    /// <summary>Whether an array has this text as an element; null where it is no array.</summary>
    public static bool? Contains(Value? value, string element) => value?.KindCase == Value.KindOneofCase.ListValue
        ? value.ListValue.Values.Any(item => item.KindCase == Value.KindOneofCase.StringValue && item.StringValue == element)
        : null;

    /// <summary>The ids in it: an id, or a list of them; what is none is left out.</summary>
    public static Guid[] Ids(Value? value) => value?.KindCase switch
    {
        Value.KindOneofCase.ListValue => [.. value.ListValue.Values.SelectMany(Ids)],
        Value.KindOneofCase.StringValue when Guid.TryParseExact(value.StringValue, "D", out var id) => [id],
        _ => [],
    };

    /// <summary>Whether it is that id, or a list that has it.</summary>
    public static bool LeadsTo(Value? value, Guid id) => Ids(value).Contains(id);

    /// <summary>What formulas over these roll-ups of a record are made of; in queries only.</summary>
    public static string RollUpsOf(Guid tenant, Guid record, string rolled) => throw new InvalidOperationException("Roll-ups are kept beside the records, in the database.");

    /// <summary>Whether it is there, and neither null nor an empty text.</summary>
    public static bool IsPresent(Value? value) => value is not null && value.KindCase is not (Value.KindOneofCase.NullValue or Value.KindOneofCase.None)
        && !(value.KindCase == Value.KindOneofCase.StringValue && value.StringValue.Length == 0);
}
