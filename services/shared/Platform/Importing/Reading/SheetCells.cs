using System.Collections.Frozen;
using System.Globalization;
using ExcelDataReader;

namespace Platform.Importing.Reading;

/// <summary>The cells of a row as a text file would have them: numbers with a point and without grouping, dates as YYYY-MM-DD, moments in UTC.</summary>
internal static class SheetCells
{
    // As many places as a decimal has.
    private static readonly string Plain = $"0.{new string('#', 28)}";

    // What the reader gives for them; nobody writes them as a value.
    private static readonly FrozenSet<string> Errors = new[] { "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The current row.</summary>
    /// <param name="row">The sheet.</param>
    /// <param name="error">The first cell that has an error instead of a value, such as #N/A.</param>
    public static string[] Read(IExcelDataReader row, out (int Column, string Name)? error)
    {
        error = null;
        var cells = new string[row.FieldCount];
        for (var column = 0; column < cells.Length; column++)
        {
            cells[column] = TextOf(row.GetValue(column));
            if (error is null && Errors.Contains(cells[column]))
                error = (column, cells[column]);
        }

        return cells;
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        double number => TextOf(number),
        bool flag => flag ? "true" : "false",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string TextOf(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        // An exponent is how it is written, not what was meant: a phone number of 16 digits. Read from the text, because the type's own
        // conversion keeps 15 digits only.
        return text.Contains('E', StringComparison.Ordinal) && Math.Abs(number) < 1e28 && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && (double)exact == number
            ? exact.ToString(Plain, CultureInfo.InvariantCulture) : text;
    }
}
