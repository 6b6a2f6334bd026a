using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Paging;

/// <summary>
/// An opaque keyset cursor in any order: the sort values and the id of the last row seen, under a mark of them, of the query and
/// of the tenant. The mark finds what was cut, changed or brought from elsewhere; what a forger could gain is another place in
/// the list that is his own to read.
/// </summary>
internal static class OrderedPageToken
{
    private const int MarkLength = 12;
    private const char Separator = '\0';
    private const char Missing = '\u0001';

    public static string Encode(IEnumerable<string?> values, PageRequest request, string order)
    {
        // No text in PostgreSQL has the separator.
        var payload = Encoding.UTF8.GetBytes(string.Join(Separator, values.Select(value => value ?? Missing.ToString())));
        return Base64Url.EncodeToString([.. Mark(payload, request, order), .. payload]);
    }

    /// <summary>Whether there is a token, and it is one of that order.</summary>
    public static bool IsOf(PageRequest request, string order) => request.Token.Length > 0 && Decode(request, order) is not null;

    /// <summary>The values; null for a token that was made up, changed, or comes from another query or tenant.</summary>
    public static string?[]? Decode(PageRequest request, string order)
    {
        var token = request.Token;
        if (!Base64Url.IsValid(token))
            return null;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= MarkLength || !bytes.AsSpan(0, MarkLength).SequenceEqual(Mark(bytes.AsSpan(MarkLength), request, order)))
            return null;
        return [.. Encoding.UTF8.GetString(bytes, MarkLength, bytes.Length - MarkLength).Split(Separator).Select(value => value == Missing.ToString() ? null : value)];
    }

    private static ReadOnlySpan<byte> Mark(ReadOnlySpan<byte> payload, PageRequest request, string order)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(request.Tenant.ToByteArray());
        Append(hash, Encoding.UTF8.GetBytes(request.Query));
        Append(hash, Encoding.UTF8.GetBytes(order));
        hash.AppendData(payload);
        return hash.GetHashAndReset().AsSpan(0, MarkLength);
    }

    // With its length, so that no two pairs of texts are the same bytes.
    private static void Append(IncrementalHash hash, byte[] text)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        hash.AppendData(length);
        hash.AppendData(text);
    }
}
