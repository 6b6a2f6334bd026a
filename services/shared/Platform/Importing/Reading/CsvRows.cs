using System.Text;
using Platform.Exporting;

namespace Platform.Importing.Reading;

/// <summary>CSV in the encoding and with the separator of another file. Where all of that was ASCII, it is UTF-8 with a mark, by which spreadsheets know it.</summary>
internal sealed class CsvRows : RowsFile
{
    private readonly StreamWriter _text;
    private readonly char _separator;

    public CsvRows(Stream output, Encoding? encoding, bool hasMark, char separator, bool isDeclared)
    {
        // What the other file could not say either is a question mark.
        var own = (Encoding)(encoding ?? Encoding.UTF8).Clone();
        own.EncoderFallback = EncoderFallback.ReplacementFallback;
        (_separator, MediaType) = (separator, $"text/csv; charset={own.WebName}");
        if (hasMark || encoding is null)
            output.Write(own.GetPreamble());
        _text = new StreamWriter(output, new WithoutMark(own), leaveOpen: true);
        if (isDeclared)
            _text.Write($"sep={separator}{Csv.LineEnd}");
    }

    public override string MediaType { get; }

    public override Task AddAsync(IReadOnlyList<string> cells, CancellationToken cancellationToken) =>
        _text.WriteAsync($"{string.Join(_separator, cells.Select(FieldOf))}{Csv.LineEnd}".AsMemory(), cancellationToken);

    public override Task EndAsync(CancellationToken cancellationToken) => _text.FlushAsync(cancellationToken);

    public override ValueTask DisposeAsync() => _text.DisposeAsync();

    private string FieldOf(string cell)
    {
        var field = Csv.Text(cell);
        return field.StartsWith('"') || !field.Contains(_separator, StringComparison.Ordinal) ? field : $"\"{field}\"";
    }

    // A writer would write the mark by itself, also where the other file has none.
    private sealed class WithoutMark(Encoding encoding) : Encoding
    {
        public override int GetByteCount(char[] chars, int index, int count) => encoding.GetByteCount(chars, index, count);

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => encoding.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

        public override int GetCharCount(byte[] bytes, int index, int count) => encoding.GetCharCount(bytes, index, count);

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) => encoding.GetChars(bytes, byteIndex, byteCount, chars, charIndex);

        public override int GetMaxByteCount(int charCount) => encoding.GetMaxByteCount(charCount);

        public override int GetMaxCharCount(int byteCount) => encoding.GetMaxCharCount(byteCount);

        public override Encoder GetEncoder() => encoding.GetEncoder();
    }
}
