using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Platform.Gateway.Sessions.Storage;

/// <summary>
/// ASP.NET Core's data protection with keys that are settings instead of a key ring: every replica has them from its start, and
/// none lies beside the data. AES-256-GCM, with a key of its own for each purpose.
/// </summary>
internal sealed class SecretProtector : IDataProtector
{
    private const byte Version = 1;
    private const int KeyIdSize = 4;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int HeaderSize = 1 + KeyIdSize + NonceSize + TagSize;
    private const int MinSecretLength = 32;

    private readonly IReadOnlyList<byte[]> _secrets;
    private readonly string _purpose;

    private SecretProtector(IReadOnlyList<byte[]> secrets, string purpose) => (_secrets, _purpose) = (secrets, purpose);

    /// <summary>Reads the setting; the first secret protects, all of them unprotect.</summary>
    /// <exception cref="InvalidOperationException">There is none, or one is too short.</exception>
    public static SecretProtector From(string keys)
    {
        var secrets = keys.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return secrets.Length > 0 && secrets.All(secret => secret.Length >= MinSecretLength)
            ? new SecretProtector([.. secrets.Select(Encoding.UTF8.GetBytes)], "")
            : throw new InvalidOperationException($"Set Sessions:Keys to a secret of at least {MinSecretLength} characters, the same for every replica.");
    }

    public IDataProtector CreateProtector(string purpose) => new SecretProtector(_secrets, $"{_purpose}{purpose.Length}:{purpose};");

    public byte[] Protect(byte[] plaintext)
    {
        var result = new byte[HeaderSize + plaintext.Length];
        var header = result.AsSpan(0, HeaderSize);
        header[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], KeyId(_secrets[0]));
        var nonce = header.Slice(1 + KeyIdSize, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = Cipher(_secrets[0]);
        cipher.Encrypt(nonce, plaintext, result.AsSpan(HeaderSize), header[^TagSize..], header[..(1 + KeyIdSize)]);
        return result;
    }

    public byte[] Unprotect(byte[] protectedData)
    {
        if (protectedData.Length < HeaderSize || protectedData[0] != Version)
            throw new CryptographicException("This was not sealed here.");
        var header = protectedData.AsSpan(0, HeaderSize);
        var keyId = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        var secret = _secrets.FirstOrDefault(secret => KeyId(secret) == keyId)
            ?? throw new CryptographicException("The key that sealed this is gone.");
        var plaintext = new byte[protectedData.Length - HeaderSize];
        using var cipher = Cipher(secret);
        cipher.Decrypt(header.Slice(1 + KeyIdSize, NonceSize), protectedData.AsSpan(HeaderSize), header[^TagSize..], plaintext, header[..(1 + KeyIdSize)]);
        return plaintext;
    }

    private AesGcm Cipher(byte[] secret) => new(Derive(secret, $"seal {_purpose}", 32), TagSize);

    private static uint KeyId(byte[] secret) => BinaryPrimitives.ReadUInt32BigEndian(Derive(secret, "id", KeyIdSize));

    private static byte[] Derive(byte[] secret, string use, int size) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, size, info: Encoding.UTF8.GetBytes($"platform sessions: {use}"));
}
