using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Paging;

/// <summary>An opaque keyset cursor: the id of the last row seen, and a mark of the query that it belongs to.</summary>
public static class PageToken
{
    private const int Length = 20;

    /// <summary>The cursor behind a row.</summary>
    /// <param name="lastId">Id of the last row of the page.</param>
    /// <param name="query">The filter in words.</param>
    public static string Encode(Guid lastId, string query)
    {
        Span<byte> bytes = stackalloc byte[Length];
        lastId.TryWriteBytes(bytes, bigEndian: true, out _);
        WriteMark(bytes[16..], query);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>False for a token that was made up, cut, or comes from another query.</summary>
    public static bool TryDecode(string token, string query, out Guid lastId)
    {
        lastId = default;
        Span<byte> bytes = stackalloc byte[Length];
        Span<byte> mark = stackalloc byte[4];
        if (token.Length != Base64Url.GetEncodedLength(Length) || !Base64Url.IsValid(token) || !Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != Length)
            return false;
        WriteMark(mark, query);
        lastId = new Guid(bytes[..16], bigEndian: true);
        return bytes[16..].SequenceEqual(mark);
    }

    private static void WriteMark(Span<byte> destination, string query) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(query)).AsSpan(0, destination.Length).CopyTo(destination);
}
