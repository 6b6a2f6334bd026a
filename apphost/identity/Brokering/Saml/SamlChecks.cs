using System.Xml;

namespace Platform.Identity.Brokering.Saml;

/// <summary>Whether an answer is for us, for this sign-in and for now (SAML Profiles §4.1.4.3); each check says what is wrong.</summary>
/// <param name="Endpoint">Where the answer came in.</param>
/// <param name="RequestId">The id of the one request that it may answer; null for an answer that nobody asked for, which must name none.</param>
internal sealed record SamlChecks(SamlProvider Provider, string Endpoint, string? RequestId, DateTimeOffset Now)
{
    public string? Refuse(XmlElement response) =>
        response.Value("Version") != "2.0" ? "version"
        : response.Value("InResponseTo") != RequestId ? "answers another request, or none"
        : response.Value("Destination") != Endpoint ? "destination"
        : response.Children(SamlNames.Assertion, "Issuer").Any(issuer => issuer.Text() != Provider.Issuer) ? "issuer of the response"
        : null;

    public string? RefuseAssertion(XmlElement assertion) =>
        assertion.Value("Version") != "2.0" || assertion.GetAttribute("ID").Length == 0 ? "version"
        : assertion.Only(SamlNames.Assertion, "Issuer").Text() != Provider.Issuer ? "issuer"
        : !SamlXml.TryTime(assertion.Value("IssueInstant"), out var issued) || issued > Now + Provider.Skew ? "issued in the future"
        : assertion.Only(SamlNames.Assertion, "Subject")?.Children(SamlNames.Assertion, "SubjectConfirmation").Any(Confirms) is not true ? "no confirmation for this sign-in"
        : assertion.Only(SamlNames.Assertion, "Conditions") is not { } conditions ? "no conditions"
        : RefuseConditions(conditions) ?? RefuseStatements(assertion.Children(SamlNames.Assertion, "AuthnStatement"));

    /// <summary>Until when the assertion could be shown again.</summary>
    public DateTimeOffset RememberUntil(XmlElement assertion) => assertion.Only(SamlNames.Assertion, "Subject")!.Children(SamlNames.Assertion, "SubjectConfirmation")
        .Select(confirmation => SamlXml.TryTime(confirmation.Only(SamlNames.Assertion, "SubjectConfirmationData")?.Value("NotOnOrAfter"), out var until) ? until : Now)
        .Max() + Provider.Skew;

    private bool Confirms(XmlElement confirmation) =>
        confirmation.Value("Method") == SamlNames.Bearer && confirmation.Only(SamlNames.Assertion, "SubjectConfirmationData") is { } data
        && data.Value("Recipient") == Endpoint && data.Value("InResponseTo") == RequestId && !data.HasAttribute("NotBefore")
        && SamlXml.TryTime(data.Value("NotOnOrAfter"), out var until) && Now < until + Provider.Skew;

    private string? RefuseConditions(XmlElement conditions)
    {
        if (!IsNow(conditions.Value("NotBefore"), conditions.Value("NotOnOrAfter"))) return "not valid now";
        // A condition that is not understood is not met (Core §2.5.1.1).
        if (conditions.Children().Any(condition => condition.NamespaceURI != SamlNames.Assertion || condition.LocalName is not ("AudienceRestriction" or "OneTimeUse" or "ProxyRestriction")))
            return "an unknown condition";
        var restrictions = conditions.Children(SamlNames.Assertion, "AudienceRestriction");
        return restrictions.Count == 0 || !restrictions.All(restriction => restriction.Children(SamlNames.Assertion, "Audience").Any(audience => audience.Text() == Provider.EntityId))
            ? "audience"
            : null;
    }

    private string? RefuseStatements(IReadOnlyList<XmlElement> statements) =>
        statements.Count == 0 ? "nobody signed in there"
        : statements.Any(statement => !IsNow(null, statement.Value("SessionNotOnOrAfter"))) ? "the session there is over"
        : null;

    private bool IsNow(string? from, string? until) =>
        (from is null || (SamlXml.TryTime(from, out var begin) && begin - Provider.Skew <= Now))
        && (until is null || (SamlXml.TryTime(until, out var end) && Now < end + Provider.Skew));
}
