using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;

namespace Platform.Identity.Brokering.Saml;

/// <summary>A response of a provider whose assertion, there is exactly one, the provider has signed.</summary>
/// <param name="Response">The response; as it was signed, where it was.</param>
/// <param name="Assertion">As it was signed; null where the provider reports a failure.</param>
internal sealed record SamlAnswer(XmlElement Response, XmlElement? Assertion)
{
    /// <summary>The reason that people are told of: only the provider's administrator can help.</summary>
    public const string Unencrypted = "not encrypted";

    /// <summary>The answer, or why there is none.</summary>
    public static (SamlAnswer? Answer, string? Reason) Open(string text, SamlProvider provider, SamlDecryptionKey decryption, DateTimeOffset now)
    {
        if (SamlXml.Parse(text) is not { DocumentElement: { } root } document || !root.Is(SamlNames.Protocol, "Response")) return (null, "not a response");
        var certificates = new List<X509Certificate2>();
        try
        {
            certificates.AddRange(provider.Trusted(now));
            return certificates.Count == 0 ? (null, "no certificate is valid now") : Open(document, root, provider, certificates, decryption);
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

    private static (SamlAnswer? Answer, string? Reason) Open(XmlDocument document, XmlElement root, SamlProvider provider, List<X509Certificate2> certificates, SamlDecryptionKey decryption)
    {
        if (RefuseShape(document, root) is { } shape) return (null, shape);
        var isWholeSigned = root.Children(SamlNames.Signature, "Signature").Count > 0;
        if ((isWholeSigned ? SamlSignature.Open(root, certificates) : root) is not { } response) return (null, "signature of the response");
        if (StatusOf(response) != SamlNames.Success) return (new(response, null), null);
        var (assertion, reason) = FindAssertion(response, provider, decryption);
        if (assertion is null) return (null, reason);
        var isSigned = assertion.Children(SamlNames.Signature, "Signature").Count > 0;
        if (!isSigned && (!isWholeSigned || provider.WantsSignedAssertions)) return (null, "unsigned");
        return (isSigned ? SamlSignature.Open(assertion, certificates) : assertion) is { } signed ? (new(response, signed), null) : (null, "signature of the assertion");
    }

    /// <summary>The outer code of the status.</summary>
    public static string? StatusOf(XmlElement response) => response.Only(SamlNames.Protocol, "Status")?.Only(SamlNames.Protocol, "StatusCode")?.Value("Value");

    private static (XmlElement? Assertion, string? Reason) FindAssertion(XmlElement response, SamlProvider provider, SamlDecryptionKey decryption)
    {
        if (response.Only(SamlNames.Assertion, "EncryptedAssertion") is not { } encrypted)
            return provider.WantsEncryptedAssertions ? (null, Unencrypted) : (response.Only(SamlNames.Assertion, "Assertion"), "no assertion");
        if (SamlDecryption.Open(encrypted, decryption.Key, provider.EntityId) is not { } opened || !opened.Is(SamlNames.Assertion, "Assertion")) return (null, "not to be decrypted");
        return RefuseShape(opened.OwnerDocument, opened.OwnerDocument) is { } shape ? (null, shape) : (opened, null);
    }

    // Whatever the signatures say: an assertion or a signature in a place of its own is there to be taken for another.
    private static string? RefuseShape(XmlDocument document, XmlNode place)
    {
        var all = document.GetElementsByTagName("*").OfType<XmlElement>().ToList();
        if (SamlXml.HasIdTwice(all)) return "an id twice";
        var assertions = all.Where(element => element.LocalName is "Assertion" or "EncryptedAssertion").ToList();
        if (assertions.Count > 1 || assertions.Any(assertion => assertion.ParentNode != place || assertion.NamespaceURI != SamlNames.Assertion)) return "assertions";
        var signatures = all.Where(element => element.LocalName == "Signature").ToList();
        return signatures.Any(signature => signature.ParentNode != place && !assertions.Any(assertion => assertion.LocalName == "Assertion" && assertion == signature.ParentNode))
            || signatures.GroupBy(signature => signature.ParentNode).Any(group => group.Count() > 1)
            ? "signatures"
            : null;
    }
}
