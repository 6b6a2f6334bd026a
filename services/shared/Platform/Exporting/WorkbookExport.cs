using Google.Protobuf;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Platform.Exporting;

/// <summary>An Excel workbook, written as it goes; where one sheet is full, another one follows.</summary>
internal sealed class WorkbookExport(Stream output) : IExportFile
{
    // Excel's own limit, with the header.
    private const int MaxRows = 1_048_576;

    private const double ColumnWidth = 22;

    private IReadOnlyList<ExportColumn> _columns = [];
    private Spreadsheet? _book;
    private SheetCell? _cells;
    private StyleId? _bold;
    private int _sheets;
    private int _rows;

    private Spreadsheet Book => _book ?? throw new InvalidOperationException("The file was not begun.");

    public async Task BeginAsync(IReadOnlyList<ExportColumn> columns, CancellationToken cancellationToken)
    {
        _columns = columns;
        _book = await Spreadsheet.CreateNewAsync(output, new SpreadCheetahOptions { CompressionLevel = SpreadCheetahCompressionLevel.Fastest }, cancellationToken);
        _cells = new SheetCell(_book);
        _bold = _book.AddStyle(new Style { Font = { Bold = true } });
        await StartSheetAsync(cancellationToken);
    }

    public async Task AddAsync(IMessage record, CancellationToken cancellationToken)
    {
        if (_rows == MaxRows)
            await StartSheetAsync(cancellationToken);
        _rows++;
        await Book.AddRowAsync(_columns.Select(column => _cells!.Of(column, record)).ToArray(), cancellationToken);
    }

    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await Book.FinishAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_book is not null)
            await _book.DisposeAsync();
    }

    private async Task StartSheetAsync(CancellationToken cancellationToken)
    {
        var options = new WorksheetOptions { FrozenRows = 1 };
        for (var column = 1; column <= _columns.Count; column++)
            options.Column(column).Width = ColumnWidth;
        await Book.StartWorksheetAsync($"{++_sheets}", options, cancellationToken);
        await Book.AddRowAsync(_columns.Select(column => new Cell(column.Name, _bold)).ToArray(), cancellationToken);
        _rows = 1;
    }
}
