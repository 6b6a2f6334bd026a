using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Gateway.Sessions;

/// <summary>The secret in the cookie: 256 random bits. The state store only ever sees its hash, so reading the store opens no session.</summary>
internal readonly record struct SessionId
{
    private const int Size = 32;
    private readonly byte[] _secret;

    private SessionId(byte[] secret) => _secret = secret;

    /// <summary>A new one.</summary>
    public static SessionId Create() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Reads what a browser sent; false where it cannot have come from here.</summary>
    public static bool TryParse(string? text, out SessionId id)
    {
        var secret = new byte[Size];
        var valid = text is { Length: 43 } && Base64Url.TryDecodeFromChars(text, secret, out var written) && written == Size;
        id = valid ? new SessionId(secret) : default;
        return valid;
    }

    /// <summary>The key in the state store.</summary>
    public string Key => $"session:{Base64Url.EncodeToString(SHA256.HashData(_secret))}";

    /// <summary>
    /// What a page sends along with whatever changes something. Only a page of the same origin can have learned it, and it
    /// is worth nothing in another session.
    /// </summary>
    public string ForgeryToken => Base64Url.EncodeToString(ForgeryBytes());

    /// <summary>Whether it is the forgery token of this session; takes the same time whatever is wrong with it.</summary>
    public bool IsForgeryToken(string? text) =>
        text is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(ForgeryToken));

    /// <summary>The value of the cookie.</summary>
    public string CookieValue => Base64Url.EncodeToString(_secret);

    private byte[] ForgeryBytes() => HMACSHA256.HashData(_secret, "platform: forgery token"u8);
}
