using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Identity.Realms;

namespace Platform.Identity.Brokering;

/// <summary>What a provider says of a person, once its token is known to be genuine. It travels, sealed, while an account is being connected.</summary>
internal sealed record BrokeredIdentity(string Alias, string Subject, string? Email, bool EmailVerified, IReadOnlyDictionary<string, string> Claims)
{
    public const int MaxLength = 255;

    /// <summary>The person's session there, where the provider names it.</summary>
    public BrokeredSession? Session { get; init; }

    public string? UserName => Claims.GetValueOrDefault("preferred_username") ?? Email;

    public static BrokeredIdentity Read(string alias, JsonWebToken token)
    {
        var claims = token.Claims.GroupBy(claim => claim.Type, StringComparer.Ordinal)
            .Where(group => group.First().Value.Length <= MaxLength)
            .ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);
        return new BrokeredIdentity(
            alias, token.Subject, claims.GetValueOrDefault("email")?.Trim().ToLowerInvariant(), claims.GetValueOrDefault("email_verified") is "true" or "True", claims);
    }

    public FederatedIdentityDocument Link => new(Alias, Subject, UserName);

    /// <summary>The person with what the provider's claims say: names, and what its mappers name. The address is never among it.</summary>
    public UserDocument Describe(UserDocument person, IdentityProviderDocument provider)
    {
        var described = person with { FirstName = Claims.GetValueOrDefault("given_name") ?? person.FirstName, LastName = Claims.GetValueOrDefault("family_name") ?? person.LastName };
        foreach (var mapper in provider.Mappers)
            if (mapper.Claim is { } claim && Claims.TryGetValue(claim, out var value)) described = Set(described, mapper.Config.GetValueOrDefault("user.attribute"), value);
        return described;
    }

    private static UserDocument Set(UserDocument person, string? attribute, string value) => attribute switch
    {
        null or "" or "id" or "username" or "email" or "emailVerified" => person,
        "firstName" => person with { FirstName = value },
        "lastName" => person with { LastName = value },
        _ => person with { Attributes = new Dictionary<string, IReadOnlyList<string>>(person.Attributes, StringComparer.Ordinal) { [attribute] = [value] } },
    };
}

/// <summary>A person's session at a provider, by the names that the provider wants to hear, or says itself, when the person is signed out.</summary>
/// <param name="Name">Of OpenID Connect the subject. Of SAML the NameID, which is another than the subject where the provider is known by an attribute.</param>
/// <param name="Index">Of OpenID Connect the <c>sid</c>, of SAML the <c>SessionIndex</c>.</param>
internal sealed record BrokeredSession(string Alias, string Name, string? Format, string? Qualifier, string? SpQualifier, string? Index)
{
    /// <summary>The ID token of OpenID Connect, sealed, where the provider is shown it at the sign-out.</summary>
    public string? Token { get; init; }
}
