using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.Errors;

namespace Platform.Contacts.Forms.Intake;

/// <summary>When a form was opened, signed with the form's own key: whoever fills forms in by machine has to open each, and to wait.</summary>
internal static class FormStamp
{
    /// <summary>Nobody fills a form in faster.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(2);

    /// <summary>So long a form may stand open.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromDays(1);

    private const int TimeBytes = 8;
    private const int SignatureBytes = 16;

    public static string Create(byte[] key, DateTimeOffset now)
    {
        var stamp = new byte[TimeBytes + SignatureBytes];
        BinaryPrimitives.WriteInt64BigEndian(stamp, now.ToUnixTimeMilliseconds());
        Sign(key, stamp).CopyTo(stamp.AsSpan(TimeBytes));
        return Base64Url.EncodeToString(stamp);
    }

    /// <summary>Null where the form was opened long enough ago, and not too long.</summary>
    public static Error? Check(byte[] key, string text, DateTimeOffset now)
    {
        Span<byte> stamp = stackalloc byte[TimeBytes + SignatureBytes];
        if (text.Length != Base64Url.GetEncodedLength(stamp.Length) || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, stamp, out var written) || written != stamp.Length
            || !CryptographicOperations.FixedTimeEquals(Sign(key, stamp), stamp[TimeBytes..]))
            return LeadFormErrors.Expired;
        var age = now - DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(stamp));
        return age < Least ? LeadFormErrors.TooQuick : age > Most ? LeadFormErrors.Expired : null;
    }

    private static ReadOnlySpan<byte> Sign(byte[] key, ReadOnlySpan<byte> stamp) => HMACSHA256.HashData(key, stamp[..TimeBytes]).AsSpan(0, SignatureBytes);
}
