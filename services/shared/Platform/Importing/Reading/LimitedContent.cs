namespace Platform.Importing.Reading;

/// <summary>Counts what is read and ends at the largest size of an import.</summary>
public sealed class LimitedContent(Func<Memory<byte>, CancellationToken, ValueTask<int>> read)
{
    private const int Beginning = 8;

    private readonly byte[] _peeked = new byte[Beginning];
    private int _start;
    private int _end;

    /// <summary>How much was read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>There was more than an import takes.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>The first bytes, which are read all the same; fewer than eight where the file has no more.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(CancellationToken cancellationToken)
    {
        while (_end < Beginning && await read(_peeked.AsMemory(_end), cancellationToken) is > 0 and var count)
            _end += count;
        return _peeked.AsMemory(0, _end);
    }

    /// <summary>The next bytes; 0 at the end, and behind the largest size.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = IsExceeded ? 0 : _start < _end ? TakePeeked(buffer.Span) : await read(buffer, cancellationToken);
        IsExceeded |= BytesRead + count > ImportLimits.MaxBytes;
        if (IsExceeded)
            return 0;
        BytesRead += count;
        return count;
    }

    private int TakePeeked(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _end - _start);
        _peeked.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }
}
