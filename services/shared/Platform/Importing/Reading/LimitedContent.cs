namespace Platform.Importing.Reading;

/// <summary>Counts what is read and ends at the largest size of an import.</summary>
public sealed class LimitedContent(Func<Memory<byte>, CancellationToken, ValueTask<int>> read)
{
    /// <summary>How much was read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>There was more than an import takes.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>The next bytes; 0 at the end, and behind the largest size.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = IsExceeded ? 0 : await read(buffer, cancellationToken);
        IsExceeded |= BytesRead + count > ImportLimits.MaxBytes;
        if (IsExceeded)
            return 0;
        BytesRead += count;
        return count;
    }
}
