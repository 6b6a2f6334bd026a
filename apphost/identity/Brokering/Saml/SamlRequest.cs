using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Platform.Identity.Tokens;

namespace Platform.Identity.Brokering.Saml;

/// <summary>The request that a browser carries to a provider, by the redirect binding or by the POST binding.</summary>
internal sealed class SamlRequest(TokenKeys keys)
{
    private static readonly XNamespace Protocol = SamlNames.Protocol;
    private static readonly XNamespace Assertion = SamlNames.Assertion;

    public Departure Leave(SamlProvider provider, string requestId, string relayState, string endpoint, string? loginHint, DateTimeOffset now)
    {
        var request = Write(provider, requestId, endpoint, loginHint, now);
        if (!provider.PostsRequests) return new(Redirect(provider, request.ToString(SaveOptions.DisableFormatting), relayState));
        var text = provider.SignsRequests ? Sign(request, requestId) : request.ToString(SaveOptions.DisableFormatting);
        return new(provider.SignOnUrl, new Dictionary<string, string> { ["SAMLRequest"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), ["RelayState"] = relayState });
    }

    private static XElement Write(SamlProvider provider, string id, string endpoint, string? loginHint, DateTimeOffset now) => new(Protocol + "AuthnRequest",
        new XAttribute(XNamespace.Xmlns + "samlp", SamlNames.Protocol),
        new XAttribute(XNamespace.Xmlns + "saml", SamlNames.Assertion),
        new XAttribute("ID", id),
        new XAttribute("Version", "2.0"),
        new XAttribute("IssueInstant", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        new XAttribute("Destination", provider.SignOnUrl),
        new XAttribute("ProtocolBinding", SamlNames.PostBinding),
        new XAttribute("AssertionConsumerServiceURL", endpoint),
        provider.ForcesSignIn ? new XAttribute("ForceAuthn", "true") : null,
        new XElement(Assertion + "Issuer", provider.EntityId),
        provider.PassesHint && !string.IsNullOrEmpty(loginHint) ? new XElement(Assertion + "Subject", new XElement(Assertion + "NameID", loginHint)) : null,
        new XElement(Protocol + "NameIDPolicy", new XAttribute("Format", provider.NameIdFormat), new XAttribute("AllowCreate", "true")));

    // Bindings §3.4.4.1: the signature is over the parameters as they are written here.
    private string Redirect(SamlProvider provider, string request, string relayState)
    {
        var query = $"SAMLRequest={Uri.EscapeDataString(Deflate(request))}&RelayState={Uri.EscapeDataString(relayState)}";
        if (provider.SignsRequests)
        {
            query += $"&SigAlg={Uri.EscapeDataString(SamlNames.RsaSha256)}";
            query += $"&Signature={Uri.EscapeDataString(Convert.ToBase64String(keys.Signing.Rsa.SignData(Encoding.ASCII.GetBytes(query), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)))}";
        }
        return $"{provider.SignOnUrl}{(provider.SignOnUrl.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }

    private static string Deflate(string text)
    {
        using var memory = new MemoryStream();
        using (var deflate = new DeflateStream(memory, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(memory.ToArray());
    }

    private string Sign(XElement request, string id)
    {
        var document = SamlXml.Empty();
        document.LoadXml(request.ToString(SaveOptions.DisableFormatting));
        var signature = new SignedXml(document) { SigningKey = keys.Signing.Rsa };
        signature.SignedInfo!.CanonicalizationMethod = SamlNames.ExclusiveC14N;
        signature.SignedInfo.SignatureMethod = SamlNames.RsaSha256;
        var reference = new Reference($"#{id}") { DigestMethod = SamlNames.Sha256 };
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(new XmlDsigExcC14NTransform());
        signature.AddReference(reference);
        signature.KeyInfo.AddClause(new KeyInfoX509Data(keys.Certificate));
        signature.ComputeSignature();
        // The schema wants it right behind the issuer.
        var issuer = document.DocumentElement!.Only(SamlNames.Assertion, "Issuer");
        document.DocumentElement!.InsertAfter(document.ImportNode(signature.GetXml(), deep: true), issuer);
        return document.OuterXml;
    }
}
