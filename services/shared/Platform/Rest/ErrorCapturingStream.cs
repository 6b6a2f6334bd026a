using Microsoft.AspNetCore.Http;

namespace Platform.Rest;

/// <summary>Passes a response through, but keeps the body of a failed one back.</summary>
internal sealed class ErrorCapturingStream(HttpResponse response, Stream inner) : Stream
{
    /// <summary>The body of a failed response; null for a good one.</summary>
    public MemoryStream? Captured { get; private set; }

    /// <summary>Whether something of a good response has gone out.</summary>
    public bool Passed { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => Target().Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => Target().FlushAsync(cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => Target().Write(buffer, offset, count);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Target().WriteAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => Target().WriteAsync(buffer, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private Stream Target()
    {
        if (response.StatusCode >= StatusCodes.Status400BadRequest)
            return Captured ??= new MemoryStream();
        Passed = true;
        return inner;
    }
}
