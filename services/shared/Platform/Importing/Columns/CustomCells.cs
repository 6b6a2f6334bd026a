using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields;
using Platform.CustomFields.V1;

namespace Platform.Importing.Columns;

/// <summary>Cells as values of fields. What cannot be read stays text, and is refused by the field with its own words.</summary>
internal static class CustomCells
{
    private static readonly string[] Yes = ["true", "yes", "y", "1", "x", "да", "ja", "истина", "wahr"];
    private static readonly string[] No = ["false", "no", "n", "0", "нет", "nein", "ложь", "falsch"];

    public static Value Read(Field field, string cell) => field.Type switch
    {
        FieldType.Number when double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => Value.ForNumber(number),
        FieldType.Boolean when Yes.Contains(cell, StringComparer.OrdinalIgnoreCase) => Value.ForBool(true),
        FieldType.Boolean when No.Contains(cell, StringComparer.OrdinalIgnoreCase) => Value.ForBool(false),
        // As exports have it.
        FieldType.Money when cell.StartsWith('{') && ReadJson(cell) is { } money => Value.ForStruct(money),
        FieldType.Money when cell.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var amount, var currency] => Value.ForStruct(new Struct
        {
            Fields = { ["amount"] = Value.ForString(amount), ["currency"] = Value.ForString(currency.ToUpperInvariant()) },
        }),
        // A spreadsheet does not tell midnight from the day.
        FieldType.Instant when TimeValues.ParseDate(cell) is { } day => Value.ForString(TimeValues.Format(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero))),
        FieldType.SingleChoice => Value.ForString(KeyOf(field, cell)),
        FieldType.MultipleChoice => Value.ForList([.. cell.Split([';', ',', '|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(choice => Value.ForString(KeyOf(field, choice)))]),
        FieldType.Relations => Value.ForList([.. cell.Split([';', ',', '|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Value.ForString)]),
        _ => Value.ForString(cell),
    };

    private static Struct? ReadJson(string cell)
    {
        try
        {
            return Struct.Parser.ParseJson(cell);
        }
        catch (Exception wrong) when (wrong is InvalidProtocolBufferException or InvalidJsonException)
        {
            return null;
        }
    }

    // Exports write the key, which may be another choice's label; people write what they see: the label, in whatever language.
    private static string KeyOf(Field field, string cell) => (field.Choices.FirstOrDefault(choice => choice.Key == cell)
        ?? field.Choices.FirstOrDefault(choice => choice.LabelTranslations.Values.Append(choice.Label).Append(choice.Key).Contains(cell, StringComparer.OrdinalIgnoreCase)))?.Key ?? cell;
}
