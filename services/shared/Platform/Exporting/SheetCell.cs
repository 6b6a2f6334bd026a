using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Filtering;
using Platform.Monetary;
using SpreadCheetah;
using SpreadCheetah.Styling;

namespace Platform.Exporting;

/// <summary>
/// Fields as cells of a workbook: numbers, dates and truth as such, all else as text, which no spreadsheet takes for a formula. A number
/// that a spreadsheet would round, as it keeps 15 digits, is text as well.
/// </summary>
internal sealed partial class SheetCell(Spreadsheet book)
{
    // Excel's own limit.
    private const int MaxText = 32_767;

    private const int MaxDigits = 15;

    // Excel's calendar begins in 1900, with a day that there never was.
    private static readonly DateTime First = new(1900, 3, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private readonly StyleId _date = book.AddStyle(new Style { Format = NumberFormat.Custom("yyyy\\-mm\\-dd") });
    private readonly StyleId _moment = book.AddStyle(new Style { Format = NumberFormat.Custom("yyyy\\-mm\\-dd\\ hh:mm:ss") });

    /// <summary>The cell of a record, which was redacted for the caller. Moments are in UTC.</summary>
    public Cell Of(ExportColumn column, IMessage record) => column.ValueIn(record) switch
    {
        null => default,
        bool flag => new Cell(flag),
        Value { KindCase: Value.KindOneofCase.BoolValue } own => new Cell(own.BoolValue),
        Value { KindCase: Value.KindOneofCase.NumberValue } own => Number(ExportColumn.NumberText(own.NumberValue)),
        Timestamp time => Moment(time.ToDateTime(), column.Format(time)),
        (int or long or uint or ulong or float or double) and IFormattable number => Number(number.ToString(null, CultureInfo.InvariantCulture)),
        var value => Text(column.Format(value), column.Kind),
    };

    private Cell Text(string text, FilterKind? kind) => kind switch
    {
        FilterKind.Number or FilterKind.Money when DecimalText.TryParse(text, out _) => Number(text),
        FilterKind.Date when DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= First => new Cell(day, _date),
        // A cell keeps no parts of a second.
        FilterKind.Instant when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Ticks % TimeSpan.TicksPerSecond == 0 => Moment(time.UtcDateTime, text),
        _ => new Cell(Writable(text)),
    };

    private Cell Moment(DateTime time, string text) => time >= First ? new Cell(time, _moment) : new Cell(text);

    private static Cell Number(string text) =>
        text.Count(char.IsAsciiDigit) <= MaxDigits && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? new Cell(number) : new Cell(text);

    // XML has no place for them, and Excel none for more.
    internal static string Writable(string text)
    {
        var clean = NoText().Replace(text, "\uFFFD");
        return clean.Length <= MaxText ? clean : $"{clean[..(MaxText - 1)]}…";
    }

    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex NoText();
}
