using System.Text;

namespace Platform.Importing.Reading;

/// <summary>
/// The text of a file whose encoding nobody declared: by its byte order mark, else guessed at the first byte that is not ASCII,
/// from that byte on, so that no more than a buffer is held.
/// </summary>
internal sealed class TextSource
{
    private readonly LimitedContent _content;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _ended;
    private Decoder? _decoder;

    private TextSource(LimitedContent content, Encoding? declared) => (_content, Encoding, _decoder) = (content, declared, declared?.GetDecoder());

    /// <summary>As far as it is known by what was read; null where all of that is ASCII.</summary>
    public Encoding? Encoding { get; private set; }

    /// <summary>Whether the file begins with a byte order mark.</summary>
    public bool HasMark { get; private set; }

    /// <summary>Reads the beginning.</summary>
    public static async Task<TextSource> OpenAsync(LimitedContent content, Encoding? declared, CancellationToken cancellationToken)
    {
        var source = new TextSource(content, declared);
        await source.FillAsync(4, cancellationToken);
        source.ReadMark();
        return source;
    }

    /// <summary>Some of the text; 0 at the end.</summary>
    public async ValueTask<int> ReadAsync(Memory<char> destination, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_start == _end && !_ended)
                await FillAsync(1, cancellationToken);
            if (_decoder is null && Pending is { Length: > 0 } && !char.IsAscii((char)_buffer[_start]))
            {
                await FillAsync(_buffer.Length, cancellationToken);
                Encoding = EncodingGuess.Of(Pending);
                _decoder = Encoding.GetDecoder();
            }

            var count = _decoder is null ? CopyAscii(destination.Span) : Decode(_decoder, destination.Span);
            if (count > 0 || (_ended && _start == _end))
                return count;
        }
    }

    private ReadOnlySpan<byte> Pending => _buffer.AsSpan(_start, _end - _start);

    private int CopyAscii(Span<char> destination)
    {
        var ascii = Pending.IndexOfAnyExceptInRange((byte)0, (byte)127);
        var count = Math.Min(destination.Length, ascii < 0 ? Pending.Length : ascii);
        Encoding.Latin1.GetChars(Pending[..count], destination);
        _start += count;
        return count;
    }

    private int Decode(Decoder decoder, Span<char> destination)
    {
        decoder.Convert(Pending, destination, flush: _ended, out var used, out var count, out _);
        _start += used;
        return count;
    }

    private async ValueTask FillAsync(int wanted, CancellationToken cancellationToken)
    {
        Pending.CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (_end < wanted && !_ended)
        {
            var count = await _content.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _end += count;
            _ended = count == 0;
        }
    }

    private void ReadMark()
    {
        (Encoding? encoding, var length) = Pending switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (EncodingGuess.Utf8, 3),
            [0xFF, 0xFE, 0, 0, ..] => (EncodingGuess.WithMarker(Encoding.UTF32), 4),
            [0xFF, 0xFE, ..] => (EncodingGuess.WithMarker(Encoding.Unicode), 2),
            [0xFE, 0xFF, ..] => (EncodingGuess.WithMarker(Encoding.BigEndianUnicode), 2),
            // Without a mark: the header begins with two ASCII characters.
            [not 0, 0, not 0, 0, ..] => (EncodingGuess.WithMarker(Encoding.Unicode), 0),
            [0, not 0, 0, not 0, ..] => (EncodingGuess.WithMarker(Encoding.BigEndianUnicode), 0),
            _ => ((Encoding?)null, 0),
        };
        _start += length;
        HasMark = length > 0;
        Encoding = encoding ?? Encoding;
        _decoder = encoding?.GetDecoder() ?? _decoder;
    }
}
