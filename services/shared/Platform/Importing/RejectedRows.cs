using Google.Protobuf;
using Platform.Common.V1;
using Platform.Importing.Reading;
using static Platform.Languages.Wording;

namespace Platform.Importing;

/// <summary>The rows that an import rejects, as a file of the kind that came: each as it stood, with what is wrong with it behind it.</summary>
/// <param name="file">The file that came.</param>
public sealed class RejectedRows(TableFile file) : IAsyncDisposable
{
    private const int PieceSize = 64 * 1024;

    // A fault that is found when its batch is written is told of behind those of rows that were read meanwhile. So many are put in order.
    private const int MostInOrder = 10_000;

    // Of the rows that are read and not written yet.
    private readonly Dictionary<long, IReadOnlyList<string>> _pending = [];
    private readonly PriorityQueue<(RowFault Fault, IReadOnlyList<string> Cells), (long Line, long Place)> _faults = new();

    private long _told;
    private FileStream? _stored;
    private RowsFile? _rows;

    // What was wrong the last time gives way to what is wrong now.
    private bool IsAgain => file.Headers.Length > 1 && file.Headers[^1] == Title;

    private int Width => file.Headers.Length - (IsAgain ? 1 : 0);

    private static string Title => Say("What is wrong");

    internal void Read(FileRow row) => _pending[row.Line] = row.Cells;

    /// <summary>What was read up to this line is written, or told of.</summary>
    internal async Task EndToAsync(long line, CancellationToken cancellationToken)
    {
        foreach (var done in _pending.Keys.Where(read => read <= line).ToList())
            _pending.Remove(done);
        while (_faults.TryPeek(out _, out var first) && first.Line <= line)
            await WriteAsync(_faults.Dequeue(), cancellationToken);
    }

    internal async Task AddAsync(RowFault fault, CancellationToken cancellationToken)
    {
        _faults.Enqueue((fault, _pending.Remove(fault.Line, out var cells) ? cells : []), (fault.Line, _told++));
        if (_faults.Count > MostInOrder)
            await WriteAsync(_faults.Dequeue(), cancellationToken);
    }

    private async Task WriteAsync((RowFault Fault, IReadOnlyList<string> Cells) row, CancellationToken cancellationToken)
    {
        if (_rows is null)
        {
            _stored = WorkbookStore.Create();
            _rows = file.Begin(_stored);
            await _rows.AddAsync([.. file.Headers.Take(Width), Title], cancellationToken);
        }

        var why = string.Join(": ", new[] { row.Fault.Column, row.Fault.Code, row.Fault.Message }.Where(part => part.Length > 0));
        await _rows.AddAsync(
            [.. Enumerable.Range(0, Width).Select(column => column < row.Cells.Count ? row.Cells[column] : ""), why, .. row.Cells.Skip(file.Headers.Length)], cancellationToken);
    }

    /// <summary>Tells the file in pieces; nothing where no row was rejected.</summary>
    public async Task TellAsync(Func<ImportErrorFile, CancellationToken, Task> tell, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tell);
        await EndToAsync(long.MaxValue, cancellationToken);
        if (_rows is null)
            return;
        await _rows.EndAsync(cancellationToken);
        _stored!.Position = 0;
        var buffer = new byte[PieceSize];
        while (await _stored.ReadAtLeastAsync(buffer, PieceSize, throwOnEndOfStream: false, cancellationToken) is > 0 and var count)
            await tell(new ImportErrorFile { MediaType = _rows.MediaType, Content = ByteString.CopyFrom(buffer, 0, count) }, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_rows is not null)
            await _rows.DisposeAsync();
        if (_stored is not null)
            await _stored.DisposeAsync();
    }
}
