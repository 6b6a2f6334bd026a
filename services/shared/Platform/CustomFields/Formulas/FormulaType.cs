using Platform.CustomFields.V1;
using Platform.Filtering;
using static Platform.Languages.Wording;

namespace Platform.CustomFields.Formulas;

/// <summary>What a part of a formula gives.</summary>
internal enum FormulaType
{
    Number,
    Text,
    Boolean,
    Date,
    Instant,
    Money,
}

internal static class FormulaTypes
{
    /// <summary>In words, for errors.</summary>
    public static string Name(this FormulaType type) => type switch
    {
        FormulaType.Number => Say("a number"),
        FormulaType.Text => Say("a text"),
        FormulaType.Boolean => Say("true or false"),
        FormulaType.Date => Say("a date"),
        FormulaType.Instant => Say("a moment"),
        _ => Say("an amount of money"),
    };

    /// <summary>Of a built-in field; null where formulas cannot read it.</summary>
    public static FormulaType? Of(FilterKind kind) => kind switch
    {
        FilterKind.Text or FilterKind.Choice or FilterKind.Id => FormulaType.Text,
        FilterKind.Number => FormulaType.Number,
        FilterKind.Boolean => FormulaType.Boolean,
        FilterKind.Date => FormulaType.Date,
        FilterKind.Instant => FormulaType.Instant,
        FilterKind.Money => FormulaType.Money,
        _ => null,
    };

    /// <summary>Of a custom field, by the type of its values; null where formulas cannot read it.</summary>
    public static FormulaType? Of(FieldType type) => type switch
    {
        FieldType.Number or FieldType.Decimal => FormulaType.Number,
        FieldType.Money => FormulaType.Money,
        FieldType.Date => FormulaType.Date,
        FieldType.Instant => FormulaType.Instant,
        FieldType.Boolean => FormulaType.Boolean,
        FieldType.MultipleChoice or FieldType.Relations or FieldType.Formula or FieldType.Unspecified => null,
        _ => FormulaType.Text,
    };

    /// <summary>The type under which its values are stored.</summary>
    public static FieldType Stored(this FormulaType type) => type switch
    {
        FormulaType.Number => FieldType.Decimal,
        FormulaType.Text => FieldType.Text,
        FormulaType.Boolean => FieldType.Boolean,
        FormulaType.Date => FieldType.Date,
        FormulaType.Instant => FieldType.Instant,
        _ => FieldType.Money,
    };
}
