using System.Xml.Linq;

namespace Platform.Identity.Brokering.Saml;

/// <summary>The request to sign somebody in.</summary>
internal sealed class SamlRequest(SamlSender sender)
{
    private static readonly XNamespace Protocol = SamlNames.Protocol;
    private static readonly XNamespace Assertion = SamlNames.Assertion;

    public Departure Leave(SamlProvider provider, string requestId, string relayState, string endpoint, string? loginHint, DateTimeOffset now) => sender.Send(
        new(provider.SignOnUrl, SamlSender.Request, relayState, provider.PostsRequests, provider.SignsRequests), Write(provider, requestId, endpoint, loginHint, now));

    private static XElement Write(SamlProvider provider, string id, string endpoint, string? loginHint, DateTimeOffset now) => new(Protocol + "AuthnRequest",
        new XAttribute(XNamespace.Xmlns + "samlp", SamlNames.Protocol),
        new XAttribute(XNamespace.Xmlns + "saml", SamlNames.Assertion),
        new XAttribute("ID", id),
        new XAttribute("Version", "2.0"),
        new XAttribute("IssueInstant", SamlXml.Time(now)),
        new XAttribute("Destination", provider.SignOnUrl),
        new XAttribute("ProtocolBinding", SamlNames.PostBinding),
        new XAttribute("AssertionConsumerServiceURL", endpoint),
        provider.ForcesSignIn ? new XAttribute("ForceAuthn", "true") : null,
        new XElement(Assertion + "Issuer", provider.EntityId),
        provider.PassesHint && !string.IsNullOrEmpty(loginHint) ? new XElement(Assertion + "Subject", new XElement(Assertion + "NameID", loginHint)) : null,
        new XElement(Protocol + "NameIDPolicy", new XAttribute("Format", provider.NameIdFormat), new XAttribute("AllowCreate", "true")));
}
