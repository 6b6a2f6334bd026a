using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml;

namespace Platform.Identity.Brokering.Saml;

/// <summary>
/// An XML signature in the one form that SAML has for it (Core §5.4): a child of what it signs, which it names by its id, enveloped,
/// with exclusive canonicalization. What it says of its own key is not looked at.
/// </summary>
internal sealed record SamlSignature(XmlElement Info, string? InfoPrefixes, string? Prefixes, string? Method, string? DigestMethod, byte[] Digest, byte[] Value)
{
    /// <summary>
    /// The element read again from the very bytes that were signed, so that nothing else can be taken for it; null when the
    /// signature is of another form or not of one of these certificates.
    /// </summary>
    public static XmlElement? Open(XmlElement element, IReadOnlyCollection<X509Certificate2> certificates)
    {
        if (element.Only(SamlNames.Signature, "Signature") is not { } markup || Read(markup, element.GetAttribute("ID")) is not { } signature) return null;
        var signed = SamlXml.Canonical(element, signature.Prefixes, withSignature: false);
        if (SamlAlgorithm.Digest(signature.DigestMethod, signed) is not { } digest || !CryptographicOperations.FixedTimeEquals(digest, signature.Digest)) return null;
        var info = SamlXml.Canonical(signature.Info, signature.InfoPrefixes, withSignature: true);
        return certificates.Any(certificate => SamlAlgorithm.Holds(certificate, signature.Method, info, signature.Value))
            ? SamlXml.Parse(Encoding.UTF8.GetString(signed))?.DocumentElement
            : null;
    }

    private static SamlSignature? Read(XmlElement signature, string id)
    {
        if (id.Length == 0 || Parts(signature, "SignedInfo", "SignatureValue", "KeyInfo") is not [var info, var value, ..]) return null;
        if (Parts(info, "CanonicalizationMethod", "SignatureMethod", "Reference") is not [var canonical, var method, var reference]) return null;
        if (reference.GetAttribute("URI") != $"#{id}" || Parts(reference, "Transforms", "DigestMethod", "DigestValue") is not [var transforms, var digestMethod, var digest]) return null;
        if (Parts(transforms, "Transform", "Transform") is not [var enveloped, var exclusive]) return null;
        if (enveloped.Value("Algorithm") != SamlNames.Enveloped || enveloped.Children().Count > 0 || method.Children().Count > 0 || digestMethod.Children().Count > 0) return null;
        if (!IsExclusive(canonical, out var infoPrefixes) || !IsExclusive(exclusive, out var prefixes)) return null;
        return new(info, infoPrefixes, prefixes, method.Value("Algorithm"), digestMethod.Value("Algorithm"), Bytes(digest), Bytes(value));
    }

    // Its children in this order and no others; the last may be missing where it is KeyInfo.
    private static IReadOnlyList<XmlElement>? Parts(XmlElement parent, params string[] names)
    {
        var children = parent.Children();
        var wanted = names[^1] == "KeyInfo" && children.Count < names.Length ? names[..^1] : names;
        return children.Count == wanted.Length && children.Zip(wanted).All(pair => pair.First.Is(SamlNames.Signature, pair.Second)) ? children : null;
    }

    private static bool IsExclusive(XmlElement method, out string? prefixes)
    {
        prefixes = null;
        if (method.Value("Algorithm") != SamlNames.ExclusiveC14N) return false;
        if (method.Children() is not [var inclusive]) return method.Children().Count == 0;
        prefixes = inclusive.Value("PrefixList");
        return inclusive.Is(SamlNames.ExclusiveC14N, "InclusiveNamespaces");
    }

    private static byte[] Bytes(XmlElement element) => Convert.FromBase64String(element.Text() ?? "");
}
