using System.Text;

namespace Platform.Exporting;

/// <summary>Lines of text on their way into a stream, in pieces of some size.</summary>
internal sealed class ExportText(Stream output)
{
    private const int PieceSize = 64 * 1024;

    private readonly StringBuilder _text = new();

    /// <summary>Adds whole lines.</summary>
    public async Task AppendAsync(string lines, CancellationToken cancellationToken)
    {
        _text.Append(lines);
        if (_text.Length >= PieceSize)
            await WriteAsync(cancellationToken);
    }

    /// <summary>Writes what there is, to the end of the stream.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(_text.ToString());
        _text.Clear();
        await output.WriteAsync(bytes, cancellationToken);
    }
}
