using Platform.Exporting;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Platform.Importing.Reading;

/// <summary>Rows as a workbook (.xlsx). Cells are text, which an import reads as what it was.</summary>
internal sealed class WorkbookRows(Stream output) : RowsFile
{
    private const double ColumnWidth = 22;

    private Spreadsheet? _book;
    private StyleId? _bold;

    public override string MediaType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public override async Task AddAsync(IReadOnlyList<string> cells, CancellationToken cancellationToken)
    {
        var isHeader = _book is null;
        if (isHeader)
            await BeginAsync(cells.Count, cancellationToken);
        await _book!.AddRowAsync(cells.Select(cell => new Cell(SheetCell.Writable(cell), isHeader ? _bold : null)).ToArray(), cancellationToken);
    }

    public override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_book is not null)
            await _book.FinishAsync(cancellationToken);
    }

    public override ValueTask DisposeAsync() => _book?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task BeginAsync(int columns, CancellationToken cancellationToken)
    {
        _book = await Spreadsheet.CreateNewAsync(output, new SpreadCheetahOptions { CompressionLevel = SpreadCheetahCompressionLevel.Fastest }, cancellationToken);
        _bold = _book.AddStyle(new Style { Font = { Bold = true } });
        var options = new WorksheetOptions { FrozenRows = 1 };
        for (var column = 1; column <= columns; column++)
            options.Column(column).Width = ColumnWidth;
        await _book.StartWorksheetAsync("1", options, cancellationToken);
    }
}
