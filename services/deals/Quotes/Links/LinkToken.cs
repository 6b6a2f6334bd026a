using System.Buffers.Text;
using System.Security.Cryptography;

namespace Platform.Deals.Quotes.Links;

/// <summary>What the link of a quote carries: the company, without which no row is visible, and a secret of which only the hash is kept.</summary>
internal sealed record LinkToken(Guid Tenant, byte[] Secret)
{
    private const int TenantBytes = 16;
    private const int SecretBytes = 32;
    private const string Page = "/q/";

    /// <summary>By this the quote is found.</summary>
    public byte[] Hash => SHA256.HashData(Secret);

    /// <summary>The address of the page.</summary>
    public string Path => Page + this;

    public static LinkToken Create(Guid tenant) => new(tenant, RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Null where it is no token.</summary>
    public static LinkToken? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[TenantBytes + SecretBytes];
        return text.Length == Base64Url.GetEncodedLength(bytes.Length) && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == bytes.Length
            ? new LinkToken(new Guid(bytes[..TenantBytes], bigEndian: true), bytes[TenantBytes..].ToArray())
            : null;
    }

    public override string ToString() => Base64Url.EncodeToString([.. Tenant.ToByteArray(bigEndian: true), .. Secret]);
}
