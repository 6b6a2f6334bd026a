using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Platform.Identity.Brokering.Saml;

/// <summary>
/// Opens an encrypted assertion (Core §2.3.4): content under AES, its key wrapped for us by RSA-OAEP. Nothing is looked up by an address or
/// an id, and whatever goes wrong is the same to whoever sent it: modes without a check of their own tell too much otherwise.
/// </summary>
internal static class SamlDecryption
{
    private const int MaxKeys = 5;
    private const int BlockSize = 16;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>The methods of content and of keys that are taken, for the metadata.</summary>
    public static IReadOnlyList<string> Methods { get; } =
    [
        $"{SamlNames.Encryption11}aes256-gcm", $"{SamlNames.Encryption11}aes128-gcm", $"{SamlNames.Encryption}aes256-cbc", $"{SamlNames.Encryption}aes128-cbc",
        $"{SamlNames.Encryption11}rsa-oaep", $"{SamlNames.Encryption}rsa-oaep-mgf1p",
    ];

    /// <summary>What was encrypted, as the only element of a document of its own; null where it cannot be opened.</summary>
    /// <param name="recipient">Who we are to the provider: a key that names somebody else is not for us.</param>
    public static XmlElement? Open(XmlElement encrypted, RSA key, string recipient)
    {
        if (encrypted.Only(SamlNames.Encryption, "EncryptedData") is not { } data || data.Value("Type") is not (null or $"{SamlNames.Encryption}Element")) return null;
        if (SizeOf(MethodOf(data)) is not { } size || Content(data) is not { } content) return null;
        var keys = (data.Only(SamlNames.Signature, "KeyInfo")?.Children(SamlNames.Encryption, "EncryptedKey") ?? []).Concat(encrypted.Children(SamlNames.Encryption, "EncryptedKey"))
            .Where(wrapped => (wrapped.Value("Recipient") ?? recipient) == recipient).Take(MaxKeys);
        foreach (var wrapped in keys)
        {
            // A key that does not open is replaced by one that opens nothing, so that both take the same way.
            var unwrapped = Unwrap(wrapped, key) is { } found && found.Length == size ? found : RandomNumberGenerator.GetBytes(size);
            if (Read(Decrypt(MethodOf(data)!, unwrapped, content), encrypted) is { } opened) return opened;
        }
        return null;
    }

    private static byte[]? Unwrap(XmlElement wrapped, RSA key)
    {
        if (PaddingOf(wrapped) is not { } padding || Content(wrapped) is not { } content) return null;
        try
        {
            return key.Decrypt(content, padding);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // PKCS#1 v1.5 is not among them: it gives the key away to whoever asks often enough whether a message could be opened.
    private static RSAEncryptionPadding? PaddingOf(XmlElement wrapped)
    {
        if (wrapped.Only(SamlNames.Encryption, "EncryptionMethod") is not { } method || method.Children(SamlNames.Encryption, "OAEPparams").Count > 0) return null;
        var digest = HashOf(method.Only(SamlNames.Signature, "DigestMethod")?.Value("Algorithm"), SamlNames.Signature);
        var mask = HashOf(method.Only(SamlNames.Encryption11, "MGF")?.Value("Algorithm")?.Replace("#mgf1", "#", StringComparison.Ordinal), SamlNames.Encryption11);
        // Both are one hash here, as in every implementation that is met; SHA-1 is as good as any within OAEP.
        return method.Value("Algorithm") switch
        {
            $"{SamlNames.Encryption}rsa-oaep-mgf1p" when digest == HashAlgorithmName.SHA1 => RSAEncryptionPadding.OaepSHA1,
            $"{SamlNames.Encryption11}rsa-oaep" when digest is { } hash && mask == digest => RSAEncryptionPadding.CreateOaep(hash),
            _ => null,
        };
    }

    private static HashAlgorithmName? HashOf(string? name, string space) => name switch
    {
        null => HashAlgorithmName.SHA1,
        _ when name == $"{space}sha1" => HashAlgorithmName.SHA1,
        SamlNames.Sha256 => HashAlgorithmName.SHA256,
        _ when name == $"{space}sha256" => HashAlgorithmName.SHA256,
        "http://www.w3.org/2001/04/xmldsig-more#sha384" => HashAlgorithmName.SHA384,
        _ when name == $"{space}sha384" => HashAlgorithmName.SHA384,
        $"{SamlNames.Encryption}sha512" => HashAlgorithmName.SHA512,
        _ when name == $"{space}sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    private static int? SizeOf(string? method) => method switch
    {
        $"{SamlNames.Encryption11}aes128-gcm" or $"{SamlNames.Encryption}aes128-cbc" => 16,
        $"{SamlNames.Encryption11}aes192-gcm" or $"{SamlNames.Encryption}aes192-cbc" => 24,
        $"{SamlNames.Encryption11}aes256-gcm" or $"{SamlNames.Encryption}aes256-cbc" => 32,
        _ => null,
    };

    private static byte[]? Decrypt(string method, byte[] key, byte[] content)
    {
        try
        {
            return method.EndsWith("-gcm", StringComparison.Ordinal) ? DecryptGcm(key, content) : DecryptCbc(key, content);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[]? DecryptGcm(byte[] key, byte[] content)
    {
        if (content.Length <= NonceSize + TagSize) return null;
        using var aes = new AesGcm(key, TagSize);
        var plain = new byte[content.Length - NonceSize - TagSize];
        aes.Decrypt(content.AsSpan(0, NonceSize), content.AsSpan(NonceSize, plain.Length), content.AsSpan(content.Length - TagSize), plain);
        return plain;
    }

    // The last byte says how many there are to fill the block; the others of them mean nothing (XML Encryption §5.2).
    private static byte[]? DecryptCbc(byte[] key, byte[] content)
    {
        if (content.Length < 2 * BlockSize) return null;
        using var aes = Aes.Create();
        aes.Key = key;
        var padded = aes.DecryptCbc(content.AsSpan(BlockSize), content.AsSpan(0, BlockSize), PaddingMode.None);
        return padded[^1] is > 0 and <= BlockSize ? padded[..^padded[^1]] : null;
    }

    private static XmlElement? Read(byte[]? plain, XmlElement context)
    {
        try
        {
            return plain is null ? null : SamlXml.Parse(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(plain), context)?.DocumentElement;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? MethodOf(XmlElement element) => element.Only(SamlNames.Encryption, "EncryptionMethod")?.Value("Algorithm");

    private static byte[]? Content(XmlElement element)
    {
        try
        {
            return element.Only(SamlNames.Encryption, "CipherData")?.Only(SamlNames.Encryption, "CipherValue").Text() is { } text ? Convert.FromBase64String(text) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
