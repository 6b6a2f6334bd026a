using System.Security.Cryptography;
using System.Xml.Linq;

namespace Platform.Identity.Brokering.Saml;

/// <summary>Our own words about a sign-out (Core §3.7).</summary>
internal static class SamlSignOutMessages
{
    private static readonly XNamespace Protocol = SamlNames.Protocol;
    private static readonly XNamespace Assertion = SamlNames.Assertion;

    public static string NewId() => $"_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20))}";

    /// <summary>Asks the provider to sign out whoever it named to us, in its session.</summary>
    public static XElement Request(SamlProvider provider, BrokeredSession session, string id, DateTimeOffset now) => Message("LogoutRequest", provider, id, now,
        new XAttribute("NotOnOrAfter", SamlXml.Time(now + SamlArrival.Lifetime)),
        new XElement(Assertion + "NameID", Optional("Format", session.Format), Optional("NameQualifier", session.Qualifier), Optional("SPNameQualifier", session.SpQualifier), session.Name),
        session.Index is null ? null : new XElement(Protocol + "SessionIndex", session.Index));

    /// <summary>Tells the provider that it is done.</summary>
    public static XElement Response(SamlProvider provider, string requestId, DateTimeOffset now) => Message("LogoutResponse", provider, NewId(), now,
        new XAttribute("InResponseTo", requestId),
        new XElement(Protocol + "Status", new XElement(Protocol + "StatusCode", new XAttribute("Value", SamlNames.Success))));

    private static XElement Message(string name, SamlProvider provider, string id, DateTimeOffset now, params object?[] content) => new(Protocol + name,
        new XAttribute(XNamespace.Xmlns + "samlp", SamlNames.Protocol),
        new XAttribute(XNamespace.Xmlns + "saml", SamlNames.Assertion),
        new XAttribute("ID", id),
        new XAttribute("Version", "2.0"),
        new XAttribute("IssueInstant", SamlXml.Time(now)),
        new XAttribute("Destination", provider.SignOutUrl!),
        content.OfType<XAttribute>(),
        new XElement(Assertion + "Issuer", provider.EntityId),
        content.OfType<XElement>());

    private static XAttribute? Optional(string name, string? value) => value is null ? null : new(name, value);
}
