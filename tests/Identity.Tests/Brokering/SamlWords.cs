using System.Globalization;
using System.Security;

namespace Platform.Identity.Tests.Brokering;

/// <summary>What a SAML provider says in a response; each fact changes what it lies about.</summary>
internal sealed record SamlWords(string Endpoint, string RequestId, string Audience)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    public string Issuer { get; init; } = SamlIdp.Issuer;
    public string ResponseIssuer { get; init; } = SamlIdp.Issuer;
    public string NameId { get; init; } = $"{Guid.NewGuid():N}";
    public string NameFormat { get; init; } = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    public string? Email { get; init; }
    public string? Destination { get; init; } = Endpoint;
    public string? InResponseTo { get; init; } = RequestId;
    public string Recipient { get; init; } = Endpoint;
    public string? ConfirmedRequest { get; init; } = RequestId;
    public string Method { get; init; } = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
    public string Status { get; init; } = "urn:oasis:names:tc:SAML:2.0:status:Success";
    public string AssertionId { get; init; } = $"_a{Guid.NewGuid():N}";
    public string ResponseId { get; init; } = $"_r{Guid.NewGuid():N}";
    public int IssuedIn { get; init; } = -5;
    public int ValidFrom { get; init; } = -300;
    public int ValidFor { get; init; } = 300;
    public int ConfirmedFor { get; init; } = 300;
    public int SessionFor { get; init; } = 3600;
    public string? Conditions { get; init; }
    public string SessionIndex { get; init; } = "_s1";
    public string? AuthnStatement { get; init; }
    public string? Attributes { get; init; }

    public string AssertionXml() => $"""
        <saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="{AssertionId}" Version="2.0" IssueInstant="{At(IssuedIn)}">
          <saml:Issuer>{Issuer}</saml:Issuer>
          <saml:Subject>
            <saml:NameID Format="{NameFormat}">{SecurityElement.Escape(NameId)}</saml:NameID>
            <saml:SubjectConfirmation Method="{Method}"><saml:SubjectConfirmationData{Attribute("InResponseTo", ConfirmedRequest)} Recipient="{Recipient}" NotOnOrAfter="{At(ConfirmedFor)}"/></saml:SubjectConfirmation>
          </saml:Subject>
          <saml:Conditions NotBefore="{At(ValidFrom)}" NotOnOrAfter="{At(ValidFor)}">{Conditions ?? $"<saml:AudienceRestriction><saml:Audience>{Audience}</saml:Audience></saml:AudienceRestriction>"}</saml:Conditions>
          {AuthnStatement ?? $"""<saml:AuthnStatement AuthnInstant="{At(-5)}" SessionNotOnOrAfter="{At(SessionFor)}" SessionIndex="{SessionIndex}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"""}
          <saml:AttributeStatement>
            {AttributeXml("email", Email)}
            <saml:Attribute Name="urn:oid:2.5.4.42" FriendlyName="givenName"><saml:AttributeValue xsi:type="xs:string">Sam</saml:AttributeValue></saml:Attribute>
            <saml:Attribute Name="surname"><saml:AttributeValue xsi:type="xs:string">Samuels &amp; &lt;Sons&gt;</saml:AttributeValue></saml:Attribute>
            {Attributes}
          </saml:AttributeStatement>
        </saml:Assertion>
        """;

    public string ResponseXml(string? assertion = null) => $"""
        <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{ResponseId}" Version="2.0" IssueInstant="{At(-5)}"{Attribute("Destination", Destination)}{Attribute("InResponseTo", InResponseTo)}>
          <saml:Issuer>{ResponseIssuer}</saml:Issuer>
          <samlp:Status><samlp:StatusCode Value="{Status}"/></samlp:Status>
          {assertion ?? AssertionXml()}
        </samlp:Response>
        """;

    public static string AttributeXml(string name, string? value) =>
        value is null ? "" : $"""<saml:Attribute Name="{name}"><saml:AttributeValue xsi:type="xs:string">{value}</saml:AttributeValue></saml:Attribute>""";

    private static string Attribute(string name, string? value) => value is null ? "" : $" {name}=\"{value}\"";

    public static string At(int seconds) => Now.AddSeconds(seconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
