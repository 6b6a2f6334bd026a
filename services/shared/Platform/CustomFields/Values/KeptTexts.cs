using System.Globalization;
using System.Text;
using Platform.CustomFields.V1;
using Platform.Filtering;
using Platform.Filtering.Parsing;
using Platform.Filtering.Sql;
using Platform.Filtering.Values;

namespace Platform.CustomFields.Values;

/// <summary>What comparisons seek among the kept values: the texts that <c>platform.custom_field_key</c> makes in PostgreSQL.</summary>
internal static class KeptTexts
{
    private const decimal Offset = 10_000_000_000_000_000m;
    private const int LongestText = 1_000;
    private const int Decimals = 10;

    /// <summary>The text, known when the expression is; null where the index does not help.</summary>
    public static Func<FilterContext, string?>? Of(FieldType type, Restriction restriction) => restriction.Comparator == Comparator.NotEqual ? null : type switch
    {
        FieldType.Number or FieldType.Decimal => OfNumber(restriction.Argument),
        FieldType.Date => Of(Dates.Date, restriction.Argument, TimeValues.Format),
        FieldType.Instant => Of(Dates.Instant, restriction.Argument, TimeValues.Format),
        FieldType.User or FieldType.Relation => Of(Ids.Id, restriction.Argument, id => id.ToString()),
        FieldType.SingleChoice => restriction.Argument is Literal choice ? _ => choice.Value : null,
        FieldType.Text or FieldType.Email or FieldType.Phone or FieldType.Url => OfText(restriction),
        _ => null,
    };

    /// <summary>Whether the order of the kept texts is that of the values, as <c>platform.keep_custom_field_values</c> knows, too: money is kept with its currency, and long texts are cut.</summary>
    public static bool AreInOrder(FieldType type) =>
        type is FieldType.Number or FieldType.Decimal or FieldType.Date or FieldType.Instant or FieldType.SingleChoice or FieldType.Text or FieldType.Email or FieldType.Phone;

    /// <summary>Whether the kept text says all of the value: that of a text has small letters.</summary>
    public static bool AreWhole(FieldType type) => type is FieldType.Number or FieldType.Decimal or FieldType.Date or FieldType.Instant;

    private static Func<FilterContext, string?>? OfNumber(Argument argument) =>
        argument is Literal { IsQuoted: false } literal && Numbers.ParseDecimal(literal.Value) is { } number && Math.Abs(number) < Offset && Monetary.DecimalText.DecimalsOf(number) <= Decimals
            ? _ => (number + Offset).ToString("00000000000000000.0000000000", CultureInfo.InvariantCulture)
            : null;

    private static Func<FilterContext, string?>? OfText(Restriction restriction) =>
        restriction is { Comparator: Comparator.Equal, Argument: Literal { Segments.Count: 1, Value.Length: > 0 } literal } && !Variable.IsMeant(literal) && Encoding.UTF8.GetByteCount(literal.Value) <= LongestText
            ? _ => CodePoints.FoldAscii(literal.Value)
            : null;

    private static Func<FilterContext, string?>? Of<TValue>(ValueReader<TValue> reader, Argument argument, Func<TValue, string> write)
        where TValue : struct =>
        reader.ReadList(argument) is null && reader.Read(argument) is { IsError: false } value ? context => value.Value!.Resolve(context) is { } resolved ? write(resolved) : null : null;
}
