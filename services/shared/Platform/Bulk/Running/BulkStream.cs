namespace Platform.Bulk;

/// <summary>The bytes of a file on their way into rows, in pieces that are taken when a batch is saved.</summary>
internal sealed class BulkStream : Stream
{
    private const int PieceSize = 512 * 1024;

    private readonly MemoryStream _rest = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>What there is, in pieces; what is too short for one stays until the end.</summary>
    public IReadOnlyList<byte[]> Take(bool isEnd)
    {
        if (!isEnd && _rest.Length < PieceSize)
            return [];
        IReadOnlyList<byte[]> pieces = [.. _rest.ToArray().Chunk(PieceSize)];
        _rest.SetLength(0);
        return pieces;
    }

    public override void Write(byte[] buffer, int offset, int count) => _rest.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _rest.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _rest.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _rest.Dispose();
        base.Dispose(disposing);
    }
}
