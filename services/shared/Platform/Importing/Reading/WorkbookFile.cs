using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Platform.Errors;

namespace Platform.Importing.Reading;

/// <summary>One sheet of an Excel workbook, .xlsx or .xls. Row by row; what several cells share as text is held in memory.</summary>
internal sealed class WorkbookFile : TableFile
{
    private readonly IExcelDataReader _sheet;
    private long _line;
    private Error? _failure;

    // The reader asks for the encoding of old workbooks by its number.
    static WorkbookFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private WorkbookFile(LimitedContent content, IExcelDataReader sheet, long line, string[] headers)
        : base(content, headers) => (_sheet, _line) = (sheet, line);

    public override Error? Failure => _failure;

    /// <summary>Whether a file that begins so is a workbook: a ZIP archive, or a compound file as Excel wrote them up to 2003.</summary>
    public static bool IsWorkbook(ReadOnlyMemory<byte> start) => start.Span is [(byte)'P', (byte)'K', 3, 4, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..];

    /// <summary>Takes the file whole, as its directory is at its end, and reads the header of a sheet.</summary>
    public static async Task<Result<TableFile>> OpenAsync(LimitedContent content, string sheet, CancellationToken cancellationToken)
    {
        var stored = WorkbookStore.Create();
        IExcelDataReader? reader = null;
        try
        {
            await WorkbookStore.FillAsync(stored, content, cancellationToken);
            if (content.IsExceeded)
                return ImportErrors.WorkbookTooLarge;
            if (WorkbookStore.Check(stored) is { } refused)
                return refused;
            reader = ExcelReaderFactory.CreateReader(stored);
            var opened = Open(content, reader, sheet);
            if (!opened.IsError)
                (reader, stored) = (null, null);
            return opened;
        }
        catch (InvalidPasswordException)
        {
            return ImportErrors.ProtectedWorkbook;
        }
        catch (Exception fault) when (IsBroken(fault))
        {
            return ImportErrors.BrokenWorkbook;
        }
        finally
        {
            reader?.Dispose();
            if (stored is not null)
                await stored.DisposeAsync();
        }
    }

    private protected override ValueTask<FileRow?> ReadNextAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (_failure is null && _sheet.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                _line++;
                if (Parse() is { } row)
                    return ValueTask.FromResult<FileRow?>(row);
            }
        }
        catch (Exception fault) when (IsBroken(fault))
        {
            _failure = ImportErrors.BrokenBehind(_line);
        }

        return ValueTask.FromResult<FileRow?>(null);
    }

    internal override RowsFile Begin(Stream output) => new WorkbookRows(output);

    public override ValueTask DisposeAsync()
    {
        // And with it the file that it reads.
        _sheet.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Result<TableFile> Open(LimitedContent content, IExcelDataReader reader, string sheet)
    {
        var names = new List<string>();
        do
        {
            names.Add(reader.Name);
            if (sheet.Length > 0 ? !reader.Name.Equals(sheet, StringComparison.OrdinalIgnoreCase) : reader.VisibleState != "visible")
                continue;
            for (var line = 1L; reader.Read(); line++)
            {
                var cells = SheetCells.Read(reader, out _);
                if (cells.Any(cell => !string.IsNullOrWhiteSpace(cell)))
                    return new WorkbookFile(content, reader, line, HeadersOf(cells));
            }
        }
        while (reader.NextResult());
        return sheet.Length > 0 && !names.Contains(sheet, StringComparer.OrdinalIgnoreCase) ? ImportErrors.NoSuchSheet(sheet, names) : ImportErrors.EmptyFile;
    }

    private static string[] HeadersOf(string[] cells) =>
        [.. cells.Take(Array.FindLastIndex(cells, cell => !string.IsNullOrWhiteSpace(cell)) + 1).Select(cell => cell.Trim())];

    // The reader tells of a broken file by whatever its parser met.
    private static bool IsBroken(Exception fault) => fault is ExcelReaderException or System.Xml.XmlException or InvalidDataException or EndOfStreamException
        or FormatException or OverflowException or ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException or KeyNotFoundException;

    private FileRow? Parse()
    {
        var cells = SheetCells.Read(_sheet, out var error);
        if (error is { } wrong && wrong.Column < Headers.Length)
            return Wrong(_line, Headers[wrong.Column], "CELL_ERROR", ImportErrors.CellError(wrong.Name)) with { Cells = cells };
        if (cells.All(string.IsNullOrWhiteSpace))
            return null;
        // A sheet is as wide as its widest row: what a row does not have is empty.
        if (cells.Length < Headers.Length)
            cells = [.. cells, .. Enumerable.Repeat("", Headers.Length - cells.Length)];
        return cells.Sum(cell => (long)cell.Length) > ImportLimits.MaxRow ? TooLong(_line) : Check(_line, cells);
    }
}
