using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace Platform.Identity.Tests.Brokering;

/// <summary>A customer's SAML provider, keys made for the test. It signs with .NET's own signatures, which the server under test reads without.</summary>
public sealed class SamlIdp : IDisposable
{
    public const string Issuer = "https://idp.example/metadata";
    public const string SignOnUrl = "https://idp.example/sso";
    public const string SignOutUrl = "https://idp.example/slo?tenant=1";
    public const string Hmac = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";
    public const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";

    internal RSA Key { get; } = RSA.Create(2048);

    internal RSA Stranger { get; } = RSA.Create(2048);

    internal ECDsa Curve { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Both keys', as the setting takes them.</summary>
    public string Certificates => $"{Certificate(Key)},{Pem(new CertificateRequest("CN=idp", Curve, HashAlgorithmName.SHA256))}";

    internal static string Certificate(RSA key, int from = -1, int until = 1) => Pem(Request(key), from, until);

    internal static XmlDocument Load(string xml)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        document.LoadXml(xml);
        return document;
    }

    internal static XmlElement Assertion(XmlDocument document) => (XmlElement)document.GetElementsByTagName("Assertion", "urn:oasis:names:tc:SAML:2.0:assertion")[0]!;

    /// <summary>Signs the element and puts the signature behind its issuer.</summary>
    internal XmlElement Sign(XmlElement element, RSA? key = null, string? method = null, string digest = Sha256, bool withKey = false, string? uri = null, Action<SignedXml>? change = null)
    {
        var signature = new SignedXml(element.OwnerDocument) { SigningKey = key ?? Key };
        signature.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigExcC14NTransformUrl;
        signature.SignedInfo.SignatureMethod = method ?? SignedXml.XmlDsigRSASHA256Url;
        var reference = new Reference(uri ?? $"#{element.GetAttribute("ID")}") { DigestMethod = digest };
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(new XmlDsigExcC14NTransform(includeComments: false, "xs"));
        signature.AddReference(reference);
        if (withKey) signature.KeyInfo.AddClause(new KeyInfoX509Data(Request((key ?? Key)).CreateSelfSigned(Day(-1), Day(1))));
        change?.Invoke(signature);
        if (method == Hmac)
        {
            using var mac = new HMACSHA256(Key.ExportSubjectPublicKeyInfo());
            signature.ComputeSignature(mac);
        }
        else
        {
            signature.ComputeSignature();
        }
        var markup = (XmlElement)element.OwnerDocument.ImportNode(signature.GetXml(), deep: true);
        element.InsertAfter(markup, element.ChildNodes.OfType<XmlElement>().First());
        return markup;
    }

    /// <summary>Signs with the curve, which .NET's own signatures do not.</summary>
    internal void SignWithCurve(XmlElement element)
    {
        var markup = Sign(element);
        var info = markup.ChildNodes.OfType<XmlElement>().First();
        info.ChildNodes.OfType<XmlElement>().ElementAt(1).SetAttribute("Algorithm", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256");
        var transform = new XmlDsigExcC14NTransform();
        transform.LoadInput(Load(info.OuterXml));
        using var stream = (Stream)transform.GetOutput(typeof(Stream));
        markup.ChildNodes.OfType<XmlElement>().ElementAt(1).InnerText = Convert.ToBase64String(Curve.SignData(stream, HashAlgorithmName.SHA256));
    }

    internal static string Encode(XmlDocument document) => Encode(document.OuterXml);

    internal static string Encode(string xml) => Convert.ToBase64String(Encoding.UTF8.GetBytes(xml));

    public void Dispose()
    {
        Key.Dispose();
        Stranger.Dispose();
        Curve.Dispose();
    }

    private static CertificateRequest Request(RSA key) => new("CN=idp", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static string Pem(CertificateRequest request, int from = -1, int until = 1)
    {
        using var certificate = request.CreateSelfSigned(Day(from), Day(until));
        return Convert.ToBase64String(certificate.RawData);
    }

    private static DateTimeOffset Day(int days) => TimeProvider.System.GetUtcNow().AddDays(days);
}
