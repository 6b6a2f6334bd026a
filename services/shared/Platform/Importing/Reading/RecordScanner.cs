namespace Platform.Importing.Reading;

/// <summary>Finds where a record of RFC 4180 ends, piece by piece: a quote at the start of a field opens it, a doubled one is text.</summary>
internal struct RecordScanner(char separator)
{
    private State _state;

    private enum State
    {
        FieldStart,
        Plain,
        Quoted,
        QuoteInQuoted,
    }

    /// <summary>A quoted field is open.</summary>
    public readonly bool IsOpen => _state == State.Quoted;

    /// <summary>There was text after a closing quote.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Separators outside quotes.</summary>
    public int Separators { get; private set; }

    /// <summary>Scans on; the place of the line break that ends the record, or -1 where there is none.</summary>
    public int Scan(ReadOnlySpan<char> text, int from)
    {
        for (var at = from; at < text.Length; at++)
        {
            at = Skip(text, at);
            if (at == text.Length)
                break;
            var c = text[at];
            if (c is '\r' or '\n' && _state != State.Quoted)
                return at;
            _state = Next(c);
        }

        return -1;
    }

    private readonly int Skip(ReadOnlySpan<char> text, int at)
    {
        var rest = text[at..];
        var next = _state switch
        {
            State.Plain => rest.IndexOfAny(separator, '\r', '\n'),
            State.Quoted => rest.IndexOf('"'),
            _ => 0,
        };
        return next < 0 ? text.Length : at + next;
    }

    private State Next(char c)
    {
        if (_state == State.Quoted)
            return c == '"' ? State.QuoteInQuoted : State.Quoted;
        if (c == '"' && _state is not State.Plain)
            return State.Quoted;
        if (c == separator)
        {
            Separators++;
            return State.FieldStart;
        }

        IsBroken |= _state == State.QuoteInQuoted;
        return State.Plain;
    }
}
