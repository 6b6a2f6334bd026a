using System.Text;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using Platform.Audit.V1;

namespace Platform.Tenants.Audit;

/// <summary>Entries as a file, sent in pieces of some size.</summary>
/// <param name="output">Where the pieces go.</param>
/// <param name="format">NDJSON, or CSV.</param>
/// <param name="isGrpc">Over REST every piece is followed by a line feed, which is that of its last line.</param>
internal sealed class ExportFile(IServerStreamWriter<HttpBody> output, ExportFormat format, bool isGrpc)
{
    private const int PieceSize = 64 * 1024;

    private readonly bool _isCsv = format == ExportFormat.Csv;
    private readonly StringBuilder _text = new(format == ExportFormat.Csv ? EntryCsv.Header : "");

    public async Task AppendAsync(Entry entry, CancellationToken cancellationToken)
    {
        _text.Append(_isCsv ? EntryCsv.Line(entry) : JsonFormatter.Default.Format(entry) + "\n");
        if (_text.Length >= PieceSize)
            await FlushAsync(cancellationToken);
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_text.Length == 0)
            return;
        if (!isGrpc)
            _text.Length--;
        var piece = new HttpBody { ContentType = _isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson", Data = ByteString.CopyFromUtf8(_text.ToString()) };
        _text.Clear();
        await output.WriteAsync(piece, cancellationToken);
    }
}
