using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Identity.Tokens;

/// <summary>The keys that sign and encrypt tokens. They are files, so that what was issued before a restart is valid after it.</summary>
internal sealed record TokenKeys(RsaSecurityKey Signing, SymmetricSecurityKey Encryption)
{
    public static TokenKeys Load(string directory)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(ReadOrCreate(Path.Combine(directory, "signing-key.pem"), NewSigningKey));
        var encryption = Convert.FromBase64String(ReadOrCreate(
            Path.Combine(directory, "encryption-key"), () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        return new TokenKeys(
            new RsaSecurityKey(rsa) { KeyId = Thumbprint(rsa) },
            new SymmetricSecurityKey(encryption) { KeyId = "encryption" });
    }

    /// <summary>The public half, as the realm's information document shows it.</summary>
    public string PublicKey => Convert.ToBase64String(Signing.Rsa.ExportSubjectPublicKeyInfo());

    private static string NewSigningKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    private static string Thumbprint(RSA rsa) => Base64UrlEncoder.Encode(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()));

    private static string ReadOrCreate(string path, Func<string> create)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (!File.Exists(path))
        {
            using var stream = new FileStream(path, options);
            stream.Write(Encoding.ASCII.GetBytes(create()));
        }
        return File.ReadAllText(path);
    }
}
