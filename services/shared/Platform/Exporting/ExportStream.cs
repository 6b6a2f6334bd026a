using Google.Api;
using Google.Protobuf;
using Grpc.Core;

namespace Platform.Exporting;

/// <summary>
/// The bytes of a file on their way to the caller. Over REST they go straight into the answer: the transcoder would put a line feed
/// behind every piece, which a text file may have and no other.
/// </summary>
internal sealed class ExportStream(IServerStreamWriter<HttpBody> output, string contentType, ServerCallContext call) : Stream
{
    private const int PieceSize = 64 * 1024;

    private readonly MemoryStream _piece = new(PieceSize);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _piece.Write(buffer.Span);
        if (_piece.Length >= PieceSize)
            await SendAsync(cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Kept until something is sent: archives write their small parts so.
    public override void Write(byte[] buffer, int offset, int count) => _piece.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _piece.Write(buffer);

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => SendAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        if (_piece.Length == 0)
            return;
        var bytes = _piece.ToArray();
        _piece.SetLength(0);
        if (call.IsGrpc())
        {
            await output.WriteAsync(new HttpBody { ContentType = contentType, Data = UnsafeByteOperations.UnsafeWrap(bytes) }, cancellationToken);
            return;
        }

        var response = call.GetHttpContext().Response;
        if (!response.HasStarted)
            response.ContentType = contentType;
        await response.Body.WriteAsync(bytes, cancellationToken);
    }
}
