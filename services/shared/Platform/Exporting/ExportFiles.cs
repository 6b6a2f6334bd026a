using FluentValidation;
using Google.Api;
using Grpc.Core;

namespace Platform.Exporting;

/// <summary>The kinds of file that an export can be, by the word that callers use.</summary>
public static class ExportFiles
{
    private const string Csv = "csv";
    private const string Workbook = "xlsx";
    private const string Lines = "ndjson";

    /// <summary>One of them, or empty for CSV.</summary>
    public static IRuleBuilderOptions<T, string> ExportFormatName<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(format => format is "" or Csv or Workbook or Lines).WithMessage("Use csv, xlsx or ndjson, or leave it out for csv.");

    /// <summary>What the name of the file ends with.</summary>
    internal static string ExtensionOf(string format) => format.Length == 0 ? Csv : format;

    /// <summary>A file of that kind that goes to the caller.</summary>
    internal static IExportFile Open(string format, IServerStreamWriter<HttpBody> output, ServerCallContext call) => format switch
    {
        Workbook => new WorkbookExport(output, call),
        Lines => new LinesExport(output, call),
        _ => new CsvExport(output, call),
    };
}
