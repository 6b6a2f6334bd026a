using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Identity.Realms;

namespace Platform.Identity.Brokering.Saml;

/// <summary>A provider of Keycloak's kind <c>saml</c>: what its settings mean.</summary>
internal sealed record SamlProvider(IdentityProviderDocument Document, string DefaultEntityId)
{
    public const string Kind = "saml";
    public const int MaxSkewSeconds = 120;

    private static readonly TimeSpan DefaultSkew = TimeSpan.FromSeconds(30);

    public string Alias => Document.Alias;

    /// <summary>Who we are there.</summary>
    public string EntityId => Document.Text("entityId") ?? DefaultEntityId;

    /// <summary>Who the provider is.</summary>
    public string? Issuer => Document.Text("idpEntityId");

    public string SignOnUrl => Document.Text("singleSignOnServiceUrl")!;

    public string NameIdFormat => Document.Text("nameIDPolicyFormat") ?? SamlNames.PersistentFormat;

    public bool SignsRequests => Document.Is("wantAuthnRequestsSigned");

    public bool PostsRequests => Document.Is("postBindingAuthnRequest");

    public bool ForcesSignIn => Document.Is("forceAuthn");

    public bool PassesHint => Document.Is("loginHint");

    /// <summary>Where people are signed out there; null where the provider is not told.</summary>
    public string? SignOutUrl => Document.Text("singleLogoutServiceUrl");

    public bool PostsSignOuts => (Document.Text("postBindingLogout") ?? Document.Text("postBindingResponse")) is "true";

    /// <summary>Whether a sign-in may begin at the provider. Keycloak has no such switch for a provider; there the application alone decides.</summary>
    public bool MayBegin => Document.Is("platform.idpInitiated");

    public bool WantsEncryptedAssertions => Document.Is("wantAssertionsEncrypted");

    public bool WantsSignedAssertions => Document.Is("wantAssertionsSigned");

    public string PrincipalType => Document.Text("principalType") ?? "SUBJECT";

    public string? PrincipalAttribute => Document.Text("principalAttribute");

    public TimeSpan Skew => int.TryParse(Document.Text("allowedClockSkew"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : DefaultSkew;

    /// <summary>The certificates whose keys may sign: base64, with or without PEM's lines, several separated by commas.</summary>
    public List<X509Certificate2> LoadCertificates() =>
    [
        .. (Document.Text("signingCertificate") ?? "")
            .Replace("-----BEGIN CERTIFICATE-----", "", StringComparison.Ordinal).Replace("-----END CERTIFICATE-----", "", StringComparison.Ordinal)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text))),
    ];

    /// <summary>Those of them that are valid now: as in Keycloak, one that has run out, or has not begun, counts for nothing.</summary>
    public List<X509Certificate2> Trusted(DateTimeOffset now)
    {
        var all = LoadCertificates();
        var trusted = all.Where(certificate => certificate.NotBefore.ToUniversalTime() <= now.UtcDateTime && now.UtcDateTime <= certificate.NotAfter.ToUniversalTime()).ToList();
        all.Except(trusted).ToList().ForEach(certificate => certificate.Dispose());
        return trusted;
    }

    /// <summary>What is wrong with the settings; null for a provider that can be used.</summary>
    public string? Refuse()
    {
        if (Issuer is null) return "config.idpEntityId is missing: the name by which the provider signs.";
        if (Document.Text("validateSignature") is not (null or "true")) return "The signature is always checked, with config.signingCertificate.";
        if (Document.Text("postBindingResponse") is not (null or "true")) return "Answers come by the POST binding: config.postBindingResponse is true.";
        if (Document.Is("useMetadataDescriptorUrl")) return "Settings from a metadata address are not known here.";
        if (Document.Text("encryptionAlgorithm") is not (null or "RSA-OAEP")) return "Keys of encrypted assertions are wrapped by RSA-OAEP: RSA1_5 gives its secret away to whoever asks often enough.";
        if (Document.Text("signatureAlgorithm") is not (null or "RSA_SHA256")) return "Requests are signed with RSA_SHA256.";
        if (PrincipalType is not ("SUBJECT" or "ATTRIBUTE" or "FRIENDLY_ATTRIBUTE")) return "config.principalType is SUBJECT, ATTRIBUTE or FRIENDLY_ATTRIBUTE.";
        if (PrincipalType != "SUBJECT" && PrincipalAttribute is null) return "config.principalAttribute is missing.";
        if (PrincipalType == "SUBJECT" && NameIdFormat == SamlNames.TransientFormat) return "A transient name is another one at each sign-in: use config.principalType ATTRIBUTE.";
        if (Skew > TimeSpan.FromSeconds(MaxSkewSeconds)) return $"config.allowedClockSkew is at most {MaxSkewSeconds} seconds.";
        return RefuseCertificates();
    }

    private string? RefuseCertificates()
    {
        try
        {
            var certificates = LoadCertificates();
            var refusal = certificates.Count is 0 or > 5 ? "config.signingCertificate holds one to five certificates."
                : certificates.All(IsStrong) ? null
                : "config.signingCertificate has a key that is too weak: RSA of 2048 bits or more, or a curve of 256 or more.";
            certificates.ForEach(certificate => certificate.Dispose());
            return refusal;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return "config.signingCertificate is not a certificate in base64.";
        }
    }

    private static bool IsStrong(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var curve = certificate.GetECDsaPublicKey();
        return rsa?.KeySize >= 2048 || curve?.KeySize >= 256;
    }
}
