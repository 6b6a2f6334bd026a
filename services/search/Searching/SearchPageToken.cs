using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Platform.Search.Index;

namespace Platform.Search.Searching;

/// <summary>
/// An opaque cursor: the place of the last record that was looked at, under a mark of the tenant and of what was asked. Whoever forges
/// one gains another place in an order that is his own to read.
/// </summary>
internal static class SearchPageToken
{
    private const int PlaceLength = 24;
    private const int MarkLength = 12;

    public static string Encode(Place place, Guid tenant, V1.SearchRequest request)
    {
        var bytes = new byte[PlaceLength + MarkLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, place.Points);
        place.Id.TryWriteBytes(bytes.AsSpan(8), bigEndian: true, out _);
        MarkOf(tenant, request, bytes.AsSpan(0, PlaceLength)).CopyTo(bytes.AsSpan(PlaceLength));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null for a token that was made up, cut, or comes from another search.</summary>
    public static Place? Decode(Guid tenant, V1.SearchRequest request)
    {
        if (request.PageToken.Length != Base64Url.GetEncodedLength(PlaceLength + MarkLength) || !Base64Url.IsValid(request.PageToken))
            return null;
        var bytes = Base64Url.DecodeFromChars(request.PageToken);
        return bytes.Length == PlaceLength + MarkLength && bytes.AsSpan(PlaceLength).SequenceEqual(MarkOf(tenant, request, bytes.AsSpan(0, PlaceLength)))
            ? new Place(BinaryPrimitives.ReadInt64BigEndian(bytes), new Guid(bytes.AsSpan(8, 16), bigEndian: true))
            : null;
    }

    private static ReadOnlySpan<byte> MarkOf(Guid tenant, V1.SearchRequest request, ReadOnlySpan<byte> place)
    {
        var asked = string.Join('\0', [request.Q, .. request.Types_]);
        return SHA256.HashData([.. tenant.ToByteArray(), .. place, .. Encoding.UTF8.GetBytes(asked)]).AsSpan(0, MarkLength);
    }
}
