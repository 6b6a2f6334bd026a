using System.Xml;

namespace Platform.Identity.Brokering.Saml;

/// <summary>Reads who somebody is from an assertion that is known to be genuine.</summary>
internal static class SamlIdentity
{
    /// <summary>Stands before a friendly name among the claims, so that it is never taken for a name.</summary>
    public const string Friendly = "friendly:";

    private const int MaxAttributes = 100;

    private static readonly string[] Email =
    [
        "email", "mail", "urn:oid:1.2.840.113549.1.9.1", "urn:oid:0.9.2342.19200300.100.1.3", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        $"{Friendly}email", $"{Friendly}mail",
    ];

    private static readonly string[] FirstName =
        ["givenName", "firstName", "urn:oid:2.5.4.42", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", $"{Friendly}givenName"];

    private static readonly string[] LastName =
        ["surname", "sn", "lastName", "urn:oid:2.5.4.4", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", $"{Friendly}surname", $"{Friendly}sn"];

    /// <summary>Null where the assertion does not name somebody by a name that stays.</summary>
    public static BrokeredIdentity? Read(SamlProvider provider, XmlElement assertion)
    {
        if (assertion.Only(SamlNames.Assertion, "Subject")?.Only(SamlNames.Assertion, "NameID") is not { } name || name.Text() is not { Length: > 0 and <= BrokeredIdentity.MaxLength } nameId) return null;
        var format = name.Value("Format");
        var claims = Attributes(assertion);
        var subject = provider.PrincipalType switch
        {
            "ATTRIBUTE" => claims.GetValueOrDefault(provider.PrincipalAttribute!),
            "FRIENDLY_ATTRIBUTE" => claims.GetValueOrDefault(Friendly + provider.PrincipalAttribute),
            _ => format == SamlNames.TransientFormat ? null : nameId,
        };
        if (string.IsNullOrEmpty(subject)) return null;
        var email = First(claims, MappedEmail(provider) is { } mapped ? [mapped] : Email) ?? (format == SamlNames.EmailFormat ? nameId : null);
        Put(claims, "given_name", First(claims, FirstName));
        Put(claims, "family_name", First(claims, LastName));
        Put(claims, "preferred_username", format == SamlNames.TransientFormat ? null : nameId);
        // There is no word for "confirmed" in SAML: whether the provider is believed is its setting.
        return new BrokeredIdentity(provider.Alias, subject, email?.ToLowerInvariant(), EmailVerified: true, claims) { Session = Session(provider, assertion, name, nameId) };
    }

    // What is too long to be kept is nothing that could be said again word by word.
    private static BrokeredSession? Session(SamlProvider provider, XmlElement assertion, XmlElement name, string nameId)
    {
        var index = assertion.Children(SamlNames.Assertion, "AuthnStatement").Select(statement => statement.Value("SessionIndex")).FirstOrDefault(value => value is not null);
        string?[] words = [name.Value("Format"), name.Value("NameQualifier"), name.Value("SPNameQualifier"), index];
        return words.All(word => word is null or { Length: <= BrokeredIdentity.MaxLength }) ? new(provider.Alias, nameId, words[0], words[1], words[2], words[3]) : null;
    }

    private static string? MappedEmail(SamlProvider provider) =>
        provider.Document.Mappers.FirstOrDefault(mapper => mapper.Config.GetValueOrDefault("user.attribute") == "email") is { } mapper ? mapper.Claim : null;

    private static Dictionary<string, string> Attributes(XmlElement assertion)
    {
        var claims = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in assertion.Children(SamlNames.Assertion, "AttributeStatement").SelectMany(statement => statement.Children(SamlNames.Assertion, "Attribute")).Take(MaxAttributes))
        {
            if (attribute.Children(SamlNames.Assertion, "AttributeValue") is not [var first, ..] || first.Text() is not { Length: > 0 and <= BrokeredIdentity.MaxLength } value) continue;
            if (attribute.Value("Name") is { } name) claims.TryAdd(name, value);
            if (attribute.Value("FriendlyName") is { } friendly) claims.TryAdd(Friendly + friendly, value);
        }
        return claims;
    }

    private static string? First(Dictionary<string, string> claims, string[] names) => names.Select(name => claims.GetValueOrDefault(name)).FirstOrDefault(value => value is not null);

    private static void Put(Dictionary<string, string> claims, string name, string? value)
    {
        if (value is null) claims.Remove(name);
        else claims[name] = value;
    }
}
