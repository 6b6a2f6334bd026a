using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Identity.Tokens;

/// <summary>The keys that sign and encrypt tokens. They are files, so that what was issued before a restart is valid after it.</summary>
internal sealed record TokenKeys(RsaSecurityKey Signing, SymmetricSecurityKey Encryption, X509Certificate2 Certificate)
{
    public static TokenKeys Load(string directory)
    {
        try
        {
            var rsa = LoadRsa(directory, "signing-key.pem");
            var encryption = Convert.FromBase64String(ReadOrCreate(Path.Combine(directory, "encryption-key"), NewEncryptionKey));
            return new TokenKeys(
                new RsaSecurityKey(rsa) { KeyId = Thumbprint(rsa) },
                new SymmetricSecurityKey(encryption) { KeyId = "encryption" },
                CertificateOf(rsa, directory, "signing-certificate.pem"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or FormatException or CryptographicException)
        {
            throw new StartupException(
                $"The keys in Identity:DataDirectory {directory} cannot be read: {exception.Message} Remove them to have new ones made.", exception);
        }
    }

    /// <summary>The public half, as the realm's information document shows it.</summary>
    public string PublicKey => Convert.ToBase64String(Signing.Rsa.ExportSubjectPublicKeyInfo());

    /// <summary>A key of that file, which is made when there is none.</summary>
    public static RSA LoadRsa(string directory, string name)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(ReadOrCreate(Path.Combine(directory, name), NewKey));
        return rsa;
    }

    /// <summary>For servers that want the key in a certificate; they know it by the key, so its times mean nothing.</summary>
    public static X509Certificate2 CertificateOf(RSA rsa, string directory, string name)
    {
        var path = Path.Combine(directory, name);
        var kept = X509Certificate2.CreateFromPem(ReadOrCreate(path, () => NewCertificate(rsa)));
        if (kept.GetPublicKey().AsSpan().SequenceEqual(rsa.ExportRSAPublicKey())) return kept;
        File.Delete(path);
        return X509Certificate2.CreateFromPem(ReadOrCreate(path, () => NewCertificate(rsa)));
    }

    private static string NewCertificate(RSA rsa)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=platform", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddYears(20));
        return certificate.ExportCertificatePem();
    }

    private static string NewKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    private static string NewEncryptionKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static string Thumbprint(RSA rsa) => Base64UrlEncoder.Encode(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()));

    // Written aside and moved into place: a process that is killed meanwhile leaves no half of a key.
    private static string ReadOrCreate(string path, Func<string> create)
    {
        if (File.Exists(path)) return File.ReadAllText(path);
        var aside = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(aside, options)) stream.Write(Encoding.ASCII.GetBytes(create()));
        File.Move(aside, path);
        return File.ReadAllText(path);
    }
}
