using System.Buffers;
using System.Net;

namespace Platform.Sidecar.Invocation;

/// <summary>
/// A request's body that can be sent more than once: what was read of it is kept until it is clear that no attempt needs it again,
/// or until it is too large. The body is read once, as fast as the attempt in hand sends it.
/// </summary>
internal sealed class RequestTape(Stream body, long limit)
{
    private const int ChunkSize = 16 * 1024;

    private readonly Lock _guard = new();
    private readonly List<ReadOnlyMemory<byte>> _chunks = [];
    private Task? _reading;
    private long _kept;
    private bool _isCommitted;
    private bool _hasEnded;

    /// <summary>Whether another attempt could send all of it.</summary>
    public bool CanReplay { get; private set; } = true;

    /// <summary>There will be no further attempt: nothing more is kept.</summary>
    public void Commit()
    {
        lock (_guard)
            _isCommitted = true;
    }

    public async Task CopyTo(Stream target, CancellationToken cancellationToken)
    {
        for (var i = 0; await Chunk(i, cancellationToken) is { } chunk; i++)
        {
            await target.WriteAsync(chunk, cancellationToken);
            await target.FlushAsync(cancellationToken);
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> Chunk(int index, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task reading;
            lock (_guard)
            {
                if (index < _chunks.Count)
                    return Take(index);
                if (_hasEnded)
                    return null;
                // An attempt that was given up leaves its read to the next one.
                reading = _reading ??= Read();
            }

            await reading.WaitAsync(cancellationToken);
        }
    }

    private ReadOnlyMemory<byte> Take(int index)
    {
        var chunk = _chunks[index];
        if (_isCommitted || _kept > limit)
        {
            CanReplay = false;
            _chunks[index] = default;
        }

        return chunk;
    }

    private async Task Read()
    {
        await Task.Yield();
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        var length = await body.ReadAsync(buffer);
        lock (_guard)
        {
            _reading = null;
            _hasEnded = length == 0;
            if (length > 0)
                _chunks.Add(buffer.AsSpan(0, length).ToArray());
            _kept += length;
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>The tape as the content of one attempt.</summary>
    internal sealed class Content(RequestTape tape, long? length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => tape.CopyTo(stream, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            tape.CopyTo(stream, cancellationToken);

        protected override bool TryComputeLength(out long computed)
        {
            computed = length ?? 0;
            return length is not null;
        }
    }
}
