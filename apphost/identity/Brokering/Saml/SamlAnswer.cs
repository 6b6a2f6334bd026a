using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;

namespace Platform.Identity.Brokering.Saml;

/// <summary>A response of a provider whose assertion, there is exactly one, the provider has signed.</summary>
/// <param name="Response">The response; as it was signed, where it was.</param>
/// <param name="Assertion">As it was signed; null where the provider reports a failure.</param>
internal sealed record SamlAnswer(XmlElement Response, XmlElement? Assertion)
{
    /// <summary>The answer, or why there is none.</summary>
    public static (SamlAnswer? Answer, string? Reason) Open(string text, SamlProvider provider)
    {
        if (SamlXml.Parse(text) is not { DocumentElement: { } root } document || !root.Is(SamlNames.Protocol, "Response")) return (null, "not a response");
        var certificates = new List<X509Certificate2>();
        try
        {
            certificates.AddRange(provider.LoadCertificates());
            return Open(document, root, provider, certificates);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or XmlException)
        {
            return (null, "malformed");
        }
        finally
        {
            certificates.ForEach(certificate => certificate.Dispose());
        }
    }

    private static (SamlAnswer? Answer, string? Reason) Open(XmlDocument document, XmlElement root, SamlProvider provider, List<X509Certificate2> certificates)
    {
        if (RefuseShape(document, root) is { } shape) return (null, shape);
        var isWholeSigned = root.Children(SamlNames.Signature, "Signature").Count > 0;
        if ((isWholeSigned ? SamlSignature.Open(root, certificates) : root) is not { } response) return (null, "signature of the response");
        if (StatusOf(response) != SamlNames.Success) return (new(response, null), null);
        if (response.Only(SamlNames.Assertion, "Assertion") is not { } assertion) return (null, "no assertion");
        var isSigned = assertion.Children(SamlNames.Signature, "Signature").Count > 0;
        if (!isSigned && (!isWholeSigned || provider.WantsSignedAssertions)) return (null, "unsigned");
        return (isSigned ? SamlSignature.Open(assertion, certificates) : assertion) is { } signed ? (new(response, signed), null) : (null, "signature of the assertion");
    }

    /// <summary>The outer code of the status.</summary>
    public static string? StatusOf(XmlElement response) => response.Only(SamlNames.Protocol, "Status")?.Only(SamlNames.Protocol, "StatusCode")?.Value("Value");

    // Whatever the signatures say: an assertion or a signature in a place of its own is there to be taken for another.
    private static string? RefuseShape(XmlDocument document, XmlElement root)
    {
        var all = document.GetElementsByTagName("*").OfType<XmlElement>().ToList();
        var ids = all.SelectMany(element => element.Attributes.Cast<XmlAttribute>()).Where(attribute => attribute.LocalName.Equals("ID", StringComparison.OrdinalIgnoreCase)).ToList();
        if (ids.DistinctBy(attribute => attribute.Value, StringComparer.Ordinal).Count() != ids.Count) return "an id twice";
        var assertions = all.Where(element => element.LocalName is "Assertion" or "EncryptedAssertion").ToList();
        if (assertions.Count > 1 || assertions.Any(assertion => assertion.ParentNode != root || !assertion.Is(SamlNames.Assertion, "Assertion"))) return "assertions";
        var signatures = all.Where(element => element.LocalName == "Signature").ToList();
        return signatures.Any(signature => signature.ParentNode != root && !assertions.Contains(signature.ParentNode)) || signatures.GroupBy(signature => signature.ParentNode).Any(group => group.Count() > 1)
            ? "signatures"
            : null;
    }
}
