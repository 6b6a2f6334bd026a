using System.Text;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;

namespace Platform.Exporting;

/// <summary>A text file that is sent in pieces of some size.</summary>
/// <param name="output">Where the pieces go.</param>
/// <param name="contentType">What the file is.</param>
/// <param name="isGrpc">Over REST every piece is followed by a line feed, which is that of its last line.</param>
public sealed class ExportPieces(IServerStreamWriter<HttpBody> output, string contentType, bool isGrpc)
{
    private const int PieceSize = 64 * 1024;

    private readonly StringBuilder _text = new();

    /// <summary>Adds whole lines.</summary>
    public async Task AppendAsync(string lines, CancellationToken cancellationToken)
    {
        _text.Append(lines);
        if (_text.Length >= PieceSize)
            await FlushAsync(cancellationToken);
    }

    /// <summary>Sends what there is.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_text.Length == 0)
            return;
        if (!isGrpc)
            _text.Length--;
        var piece = new HttpBody { ContentType = contentType, Data = ByteString.CopyFromUtf8(_text.ToString()) };
        _text.Clear();
        await output.WriteAsync(piece, cancellationToken);
    }
}
