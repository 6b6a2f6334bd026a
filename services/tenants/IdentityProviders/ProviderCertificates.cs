using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Tenants.IdentityProviders;

/// <summary>The certificates with which a SAML server signs.</summary>
internal static class ProviderCertificates
{
    public const int Max = 5;
    public const int MaxLength = 8_000;

    /// <summary>In base64 and nothing else.</summary>
    public static string Plain(string text) => string.Concat(text
        .Replace("-----BEGIN CERTIFICATE-----", "", StringComparison.Ordinal)
        .Replace("-----END CERTIFICATE-----", "", StringComparison.Ordinal)
        .Where(letter => !char.IsWhiteSpace(letter)));

    /// <summary>What is wrong with it; null where its key may sign.</summary>
    public static string? Refuse(string text)
    {
        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
            return "This is a private key, which stays with that server: send its certificate.";
        try
        {
            using var certificate = Load(text);
            using var rsa = certificate.GetRSAPublicKey();
            using var curve = certificate.GetECDsaPublicKey();
            return rsa is null && curve is null ? "The key is of a kind that is not taken here: use RSA or a curve."
                : rsa?.KeySize >= 2048 || curve?.KeySize >= 256 ? null : "The key is too weak: use RSA of 2048 bits or more, or a curve of 256 or more.";
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return "This is not one X.509 certificate in base64.";
        }
    }

    /// <summary>When it stops being valid.</summary>
    public static DateTimeOffset EndOf(string text)
    {
        using var certificate = Load(text);
        return certificate.NotAfter.ToUniversalTime();
    }

    private static X509Certificate2 Load(string text) => X509CertificateLoader.LoadCertificate(Convert.FromBase64String(Plain(text)));
}
