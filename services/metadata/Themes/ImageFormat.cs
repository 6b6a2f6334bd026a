using System.Buffers.Binary;

namespace Platform.Metadata.Themes;

/// <summary>What an image says of itself in its bytes, whatever its name; nothing that is more than one PNG or WebP passes.</summary>
internal static class ImageFormat
{
    private const int MaxSide = 2_000;

    private static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The media type; null for anything but a whole image of at most 2,000 pixels a side.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> image) => IsPng(image) ? "image/png" : IsWebp(image) ? "image/webp" : null;

    // Chunk by chunk to the last, with nothing after it.
    private static bool IsPng(ReadOnlySpan<byte> image)
    {
        if (image.Length < 8 + 25 + 12 || !image.StartsWith(PngSignature) || !image[12..16].SequenceEqual("IHDR"u8))
            return false;
        if (!Fits(BinaryPrimitives.ReadUInt32BigEndian(image[16..]), BinaryPrimitives.ReadUInt32BigEndian(image[20..])))
            return false;
        for (var at = 8L; at + 12 <= image.Length;)
        {
            var isLast = image.Slice((int)at + 4, 4).SequenceEqual("IEND"u8);
            at += 12L + BinaryPrimitives.ReadUInt32BigEndian(image[(int)at..]);
            if (isLast)
                return at == image.Length;
        }

        return false;
    }

    private static bool IsWebp(ReadOnlySpan<byte> image)
    {
        if (image.Length < 30 || !image.StartsWith("RIFF"u8) || !image[8..12].SequenceEqual("WEBP"u8) || BinaryPrimitives.ReadUInt32LittleEndian(image[4..]) + 8L != image.Length)
            return false;
        var kind = image[12..16];
        if (kind.SequenceEqual("VP8X"u8))
            return Fits(1u + Three(image[24..]), 1u + Three(image[27..]));
        if (kind.SequenceEqual("VP8L"u8) && image[20] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(image[21..]);
            return Fits(1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
        }

        return kind.SequenceEqual("VP8 "u8) && image[23..26].SequenceEqual([(byte)0x9D, (byte)0x01, (byte)0x2A])
            && Fits(BinaryPrimitives.ReadUInt16LittleEndian(image[26..]) & 0x3FFFu, BinaryPrimitives.ReadUInt16LittleEndian(image[28..]) & 0x3FFFu);
    }

    private static uint Three(ReadOnlySpan<byte> bytes) => bytes[0] | ((uint)bytes[1] << 8) | ((uint)bytes[2] << 16);

    private static bool Fits(uint width, uint height) => width is > 0 and <= MaxSide && height is > 0 and <= MaxSide;
}
