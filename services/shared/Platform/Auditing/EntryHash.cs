using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Auditing;

/// <summary>
/// What is hashed, and how. An entry: SHA-256 over a version, tenant, id, time in microseconds, and every text with its length
/// in front (-1 for none). A link: SHA-256 over the previous link, the sequence and the entry's hash. The first link follows
/// the hash of service and tenant, so that no chain can stand in for another.
/// </summary>
internal static class EntryHash
{
    public const int Length = 32;
    private const byte Version = 1;

    public static byte[] OfContent(AuditEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        buffer.Write([Version]);
        entry.TenantId.TryWriteBytes(buffer.GetSpan(16), bigEndian: true, out _);
        buffer.Advance(16);
        entry.Id.TryWriteBytes(buffer.GetSpan(16), bigEndian: true, out _);
        buffer.Advance(16);
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(8), (entry.Time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        buffer.Advance(8);
        Write(buffer, entry.ActorKind.ToString());
        Write(buffer, entry.Actor);
        Write(buffer, entry.OnBehalfOf);
        Write(buffer, entry.Operation);
        Write(buffer, entry.TraceId);
        Write(buffer, entry.ClientAddress);
        Write(buffer, entry.Resource);
        Write(buffer, entry.ResourceId);
        Write(buffer, entry.Action);
        Write(buffer, entry.Before);
        Write(buffer, entry.After);
        return SHA256.HashData(buffer.WrittenSpan);
    }

    public static byte[] OfLink(ReadOnlySpan<byte> previous, long sequence, ReadOnlySpan<byte> content)
    {
        Span<byte> bytes = stackalloc byte[Length + sizeof(long) + Length];
        previous.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[Length..], sequence);
        content.CopyTo(bytes[(Length + sizeof(long))..]);
        return SHA256.HashData(bytes);
    }

    public static byte[] OfBeginning(string service, Guid tenant) => SHA256.HashData(Encoding.UTF8.GetBytes($"{service}/{tenant:D}"));

    private static void Write(ArrayBufferWriter<byte> buffer, string? text)
    {
        var length = text is null ? -1 : Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(4), length);
        buffer.Advance(4);
        if (length > 0)
            buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(length)));
    }
}
