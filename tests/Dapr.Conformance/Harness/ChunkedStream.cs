namespace Dapr.Conformance.Harness;

/// <summary>Zeroes in chunks; nobody can ask for its length.</summary>
internal sealed class ChunkedStream(int chunks, int size) : Stream
{
    private int _left = chunks;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_left-- <= 0)
            return 0;
        Assert.True(count >= size);
        Array.Clear(buffer, offset, size);
        return size;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
