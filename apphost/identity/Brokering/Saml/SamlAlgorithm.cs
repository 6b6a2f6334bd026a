using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Identity.Brokering.Saml;

/// <summary>The signatures and digests that are taken: nothing with SHA-1, and no shared secrets.</summary>
internal static class SamlAlgorithm
{
    private const string More = "http://www.w3.org/2001/04/xmldsig-more#";

    /// <summary>Whether the certificate's key made the signature.</summary>
    public static bool Holds(X509Certificate2 certificate, string? method, byte[] data, byte[] signature)
    {
        if (HashOf(method) is not { } hash) return false;
        if (method!.Contains("#rsa-", StringComparison.Ordinal))
        {
            using var rsa = certificate.GetRSAPublicKey();
            return rsa?.VerifyData(data, signature, hash, RSASignaturePadding.Pkcs1) is true;
        }
        using var curve = certificate.GetECDsaPublicKey();
        return curve?.VerifyData(data, signature, hash) is true;
    }

    public static byte[]? Digest(string? method, byte[] data) => method switch
    {
        SamlNames.Sha256 => SHA256.HashData(data),
        $"{More}sha384" => SHA384.HashData(data),
        "http://www.w3.org/2001/04/xmlenc#sha512" => SHA512.HashData(data),
        _ => null,
    };

    private static HashAlgorithmName? HashOf(string? method) => method switch
    {
        SamlNames.RsaSha256 or $"{More}ecdsa-sha256" => HashAlgorithmName.SHA256,
        $"{More}rsa-sha384" or $"{More}ecdsa-sha384" => HashAlgorithmName.SHA384,
        $"{More}rsa-sha512" or $"{More}ecdsa-sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
