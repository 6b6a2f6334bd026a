using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Identity.Tokens;

namespace Platform.Identity.Brokering.Saml;

/// <summary>
/// Opens what customers' servers encrypt for us, and signs nothing. A file beside the other keys, so that what was encrypted before a
/// restart opens after it; made when it is first needed, since most installations never do.
/// </summary>
internal sealed class SamlDecryptionKey(IdentityOptions options)
{
    private readonly Lazy<(RSA Key, X509Certificate2 Certificate)> _loaded = new(() =>
    {
        var key = TokenKeys.LoadRsa(options.DataDirectory, "decryption-key.pem");
        return (key, TokenKeys.CertificateOf(key, options.DataDirectory, "decryption-certificate.pem"));
    });

    public RSA Key => _loaded.Value.Key;

    /// <summary>By which they encrypt.</summary>
    public X509Certificate2 Certificate => _loaded.Value.Certificate;
}
