using System.Buffers;

namespace Platform.MailCatcher.Smtp;

/// <summary>A message as it arrives, line by line.</summary>
internal sealed class IncomingMessage(int limit)
{
    private static readonly ReadOnlySequence<byte> LineEnd = new("\r\n"u8.ToArray());

    private readonly ArrayBufferWriter<byte> _content = new();
    private bool _withinLine;

    public bool IsTooLarge { get; private set; }

    public ReadOnlyMemory<byte> Content => _content.WrittenMemory;

    /// <summary>Adds a line; true when it is the single dot that ends the message.</summary>
    public bool AppendLine(ReadOnlySequence<byte> line)
    {
        if (!_withinLine && !line.IsEmpty && line.FirstSpan[0] == (byte)'.')
        {
            if (line.Length == 1)
                return true;
            line = line.Slice(1);
        }

        Append(line);
        Append(LineEnd);
        _withinLine = false;
        return false;
    }

    /// <summary>Adds a part of a line that goes on.</summary>
    public void AppendPiece(ReadOnlySequence<byte> piece)
    {
        Append(!_withinLine && piece.FirstSpan[0] == (byte)'.' ? piece.Slice(1) : piece);
        _withinLine = true;
    }

    private void Append(ReadOnlySequence<byte> bytes)
    {
        IsTooLarge |= _content.WrittenCount + bytes.Length > limit;
        if (IsTooLarge)
            return;
        foreach (var segment in bytes)
            _content.Write(segment.Span);
    }
}
