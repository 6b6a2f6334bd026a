using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Platform.MailCatcher.Smtp;

/// <summary>Reads command lines and message bodies from a connection, with limits on both.</summary>
internal sealed class SmtpReader(PipeReader input)
{
    private const int LongestCommand = 2048;
    private const int LongestHeldLine = 32 * 1024;

    /// <summary>The next command line without its end; null at the end of the connection.</summary>
    /// <exception cref="SmtpLineTooLongException">The line is longer than any command.</exception>
    public async Task<string?> ReadCommandAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.UTF8.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                input.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line.Length <= LongestCommand ? line : throw new SmtpLineTooLongException();
            }

            var length = read.Buffer.Length;
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                return null;
            if (length > LongestCommand)
                throw new SmtpLineTooLongException();
        }
    }

    /// <summary>
    /// The message that follows DATA, its doubled dots undone. Null when the connection ended before the message did. A message over the
    /// limit is read to its end and reported as too large. Only CR LF ends a line, so that nothing can be smuggled behind a bare LF.
    /// </summary>
    public async Task<IncomingMessage?> ReadMessageAsync(int limit, CancellationToken cancellationToken)
    {
        var message = new IncomingMessage(limit);
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (TakeLine(ref rest, out var line))
            {
                if (!message.AppendLine(line))
                    continue;
                input.AdvanceTo(rest.Start);
                return message;
            }

            if (rest.Length > LongestHeldLine)
            {
                // A line without end: taken piecemeal, all but the last byte, which may be the CR of its end.
                var piece = rest.Slice(0, rest.Length - 1);
                message.AppendPiece(piece);
                rest = rest.Slice(piece.End);
            }

            input.AdvanceTo(rest.Start, read.Buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    private static bool TakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryReadTo(out line, "\r\n"u8))
            return false;
        buffer = buffer.Slice(reader.Position);
        return true;
    }
}

internal sealed class SmtpLineTooLongException : Exception;
