using FluentValidation;

namespace Platform.Exporting;

/// <summary>The kinds of file that an export can be, by the word that callers use.</summary>
public static class ExportFiles
{
    private const string Csv = "csv";
    private const string Workbook = "xlsx";
    private const string Lines = "ndjson";

    /// <summary>One of them, or empty for CSV.</summary>
    public static IRuleBuilderOptions<T, string> ExportFormatName<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(IsKnown).WithMessage("Use csv, xlsx or ndjson, or leave it out for csv.");

    /// <summary>Whether it is one of them, or empty for CSV.</summary>
    internal static bool IsKnown(string format) => format is "" or Csv or Workbook or Lines;

    /// <summary>What the name of the file ends with.</summary>
    internal static string ExtensionOf(string format) => format.Length == 0 ? Csv : format;

    /// <summary>What the file is.</summary>
    internal static string ContentTypeOf(string format) => format switch
    {
        Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Lines => "application/x-ndjson",
        _ => "text/csv; charset=utf-8",
    };

    /// <summary>Whether it has columns, and not whole records.</summary>
    internal static bool HasColumns(string format) => format != Lines;

    /// <summary>A file of that kind that goes into a stream.</summary>
    internal static IExportFile Open(string format, Stream output) => format switch
    {
        Workbook => new WorkbookExport(output),
        Lines => new LinesExport(output),
        _ => new CsvExport(output),
    };
}
