namespace Platform.Contacts.Imports.Reading;

/// <summary>Counts what is read and ends at the largest size of an import.</summary>
internal sealed class LimitedStream(Func<Memory<byte>, CancellationToken, ValueTask<int>> read)
{
    public long BytesRead { get; private set; }

    /// <summary>There was more than an import takes.</summary>
    public bool IsExceeded { get; private set; }

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
