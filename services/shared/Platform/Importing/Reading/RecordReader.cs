namespace Platform.Importing.Reading;

/// <summary>
/// Cuts text into records, each on its own: what is wrong with one does not reach the next. A record that is too long is
/// passed over, and a quote that is never closed costs one line where the lines after it are records.
/// </summary>
internal sealed class RecordReader(TextSource text)
{
    private readonly char[] _buffer = new char[2 * ImportLimits.MaxRow];
    private int _start;
    private int _end;
    private bool _ended;
    private bool _afterReturn;
    private long _line = 1;

    /// <summary>Between the fields.</summary>
    public char Separator { get; set; } = ',';

    /// <summary>How many fields a record has; 0 while that is unknown.</summary>
    public int Columns { get; set; }

    private ReadOnlySpan<char> Pending => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The first line that is not blank, without moving behind it: the header, before the separator is known.</summary>
    public async ValueTask<string> PeekLineAsync(CancellationToken cancellationToken)
    {
        while (await SkipBlankAsync(cancellationToken))
        {
        }

        while (Pending.IndexOfAny('\r', '\n') < 0 && Pending.Length <= ImportLimits.MaxRow && !_ended)
            await FillAsync(cancellationToken);
        var end = Pending.IndexOfAny('\r', '\n');
        return Pending[..(end < 0 ? Pending.Length : end)].ToString();
    }

    /// <summary>The next record; null at the end.</summary>
    public async ValueTask<CsvRecord?> ReadAsync(CancellationToken cancellationToken)
    {
        var scanner = new RecordScanner(Separator);
        for (var scanned = 0; ;)
        {
            SkipLineFeed();
            var end = scanner.Scan(Pending, scanned);
            scanned = Pending.Length;
            if (end >= 0 && end <= ImportLimits.MaxRow)
                return scanner.IsBroken ? CutFirstLine() ?? Take(end, RecordFault.BrokenQuotes) : Take(end, RecordFault.None);
            if (end >= 0 || scanned > ImportLimits.MaxRow)
                return (scanner.IsOpen || scanner.IsBroken ? CutFirstLine() : null) ?? await PassOverAsync(scanner, end, cancellationToken);
            if (_ended)
                return TakeLast(scanner);
            await FillAsync(cancellationToken);
        }
    }

    private async ValueTask<bool> SkipBlankAsync(CancellationToken cancellationToken)
    {
        if (_start == _end && !_ended)
            await FillAsync(cancellationToken);
        var blank = Pending.Length - Pending.TrimStart(" \r\n").Length;
        Advance(blank);
        return blank > 0;
    }

    private CsvRecord? TakeLast(RecordScanner scanner)
    {
        if (Pending.Length == 0)
            return null;
        return scanner.IsOpen || scanner.IsBroken ? CutFirstLine() ?? Take(Pending.Length, RecordFault.BrokenQuotes) : Take(Pending.Length, RecordFault.None);
    }

    private CsvRecord Take(int length, RecordFault fault)
    {
        var record = new CsvRecord(_line, Pending[..length].ToString(), fault);
        Advance(length);
        EndLine();
        return record;
    }

    /// <summary>One line instead of many, where the line after it has as many fields as the header.</summary>
    private CsvRecord? CutFirstLine()
    {
        var end = Pending.IndexOfAny('\r', '\n');
        if (end < 0 || Columns < 2)
            return null;
        var next = Pending[end..].TrimStart("\r\n");
        var scanner = new RecordScanner(Separator);
        var length = next.IndexOfAny('\r', '\n');
        scanner.Scan(length < 0 ? next : next[..length], 0);
        return scanner is { IsOpen: false, IsBroken: false } && scanner.Separators + 1 == Columns ? Take(end, RecordFault.BrokenQuotes) : null;
    }

    private async ValueTask<CsvRecord> PassOverAsync(RecordScanner scanner, int end, CancellationToken cancellationToken)
    {
        var record = new CsvRecord(_line, "", RecordFault.TooLong);
        while (end < 0)
        {
            Advance(Pending.Length);
            if (_ended)
                return record;
            await FillAsync(cancellationToken);
            end = scanner.Scan(Pending, 0);
        }

        Advance(end);
        EndLine();
        return record;
    }

    private void Advance(int length)
    {
        foreach (var c in _buffer.AsSpan(_start, length))
        {
            if (c == '\r' || (c == '\n' && !_afterReturn))
                _line++;
            _afterReturn = c == '\r';
        }

        _start += length;
    }

    private void EndLine()
    {
        if (_start < _end)
            Advance(1);
    }

    private void SkipLineFeed()
    {
        if (_afterReturn && _start < _end)
        {
            _start += _buffer[_start] == '\n' ? 1 : 0;
            _afterReturn = false;
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        Pending.CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var count = await text.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        _ended = count == 0;
    }
}
