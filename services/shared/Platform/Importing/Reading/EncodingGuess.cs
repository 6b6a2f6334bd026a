using System.Buffers;
using System.Text;
using UtfUnknown;

namespace Platform.Importing.Reading;

/// <summary>Which encoding a file without a byte order mark has.</summary>
internal static class EncodingGuess
{
    /// <summary>Stands for bytes that mean nothing in the encoding; a noncharacter, so that no text has it by itself.</summary>
    public const char Undecodable = '\uFFFF';

    private const float Confident = 0.6f;

    public static readonly Encoding Utf8 = WithMarker(Encoding.UTF8);

    /// <summary>
    /// UTF-8 where the sample is that, damaged or not; else a legacy encoding that the detector is confident of, or in which it
    /// reads well; else UTF-8, so that every row that cannot be read is reported instead of being guessed at.
    /// </summary>
    public static Encoding Of(ReadOnlySpan<byte> sample)
    {
        var (valid, invalid) = CountSequences(sample);
        if (invalid == 0 || valid > invalid)
            return Utf8;
        var detected = CharsetDetector.DetectFromBytes(sample.ToArray()).Detected;
        if (detected?.EncodingName is not { } name || Find(name) is not { } encoding)
            return Utf8;
        var text = encoding.GetString(sample);
        // The detector takes Scandinavian for Slovak, whose alphabets differ in one letter that Slovak hardly has.
        if (name is "iso-8859-2" or "windows-1250" && text.AsSpan().IndexOfAny('ĺ', 'Ĺ') >= 0)
            return Find("windows-1252")!;
        return detected.Confidence >= Confident || IsLegible(name, text) ? encoding : Utf8;
    }

    /// <summary>The encoding of that name; null where there is none.</summary>
    public static Encoding? Find(string name)
    {
        // Who writes ISO 8859-1 means Windows-1252, which differs only where the former has control characters.
        var wanted = name.ToLowerInvariant() is "iso-8859-1" or "latin1" or "ascii" or "us-ascii" ? "windows-1252" : name;
        try
        {
            return WithMarker(CodePagesEncodingProvider.Instance.GetEncoding(wanted) ?? Encoding.GetEncoding(wanted));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public static Encoding WithMarker(Encoding encoding)
    {
        var copy = (Encoding)encoding.Clone();
        copy.DecoderFallback = new DecoderReplacementFallback($"{Undecodable}");
        return copy;
    }

    private static bool IsLegible(string name, string text) => name switch
    {
        "windows-1251" or "koi8-r" or "ibm866" => Legibility.IsCyrillic(text),
        "windows-1252" or "iso-8859-1" => Legibility.IsWestern(text),
        _ => false,
    };

    private static (int Valid, int Invalid) CountSequences(ReadOnlySpan<byte> bytes)
    {
        var (valid, invalid) = (0, 0);
        while (bytes.IndexOfAnyExceptInRange((byte)0, (byte)127) is var next and >= 0)
        {
            bytes = bytes[next..];
            var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
            // A sequence that the end of the sample cuts tells nothing.
            if (status == OperationStatus.NeedMoreData)
                break;
            if (status == OperationStatus.Done)
                valid++;
            else
                invalid++;
            bytes = bytes[length..];
        }

        return (valid, invalid);
    }
}
