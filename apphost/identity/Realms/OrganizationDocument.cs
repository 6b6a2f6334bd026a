using System.Text.Json.Serialization;

namespace Platform.Identity.Realms;

internal sealed record OrganizationDocument
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Alias { get; init; }
    public bool Enabled { get; init; } = true;
    public string? Description { get; init; }
    public string? RedirectUrl { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
    public IReadOnlyList<DomainDocument> Domains { get; init; } = [];
    public IReadOnlyList<MemberDocument> Members { get; init; } = [];

    public IReadOnlyList<OrganizationProviderDocument> IdentityProviders { get; init; } = [];

    /// <summary>Whether the address is of one of the organization's domains, which somebody has looked into.</summary>
    public bool Owns(string email) => Domains.Any(domain => domain.Verified && email.EndsWith($"@{domain.Name}", StringComparison.OrdinalIgnoreCase));

    [JsonIgnore]
    public string Handle => Alias ?? Name;

    /// <summary>The company's name for people: sign-up keeps it in the description, because names are unique in the realm.</summary>
    [JsonIgnore]
    public string DisplayName => Name == Handle && Description is { Length: > 0 } ? Description : Name;

    /// <summary>The organization's own choice: its people sign in with a second factor.</summary>
    [JsonIgnore]
    public bool RequiresSecondFactor => Attributes.GetValueOrDefault(SecondFactorAttribute) is ["true", ..];

    public const string SecondFactorAttribute = "second-factor-required";
}

internal sealed record DomainDocument(string Name, bool Verified = false);

internal sealed record MemberDocument
{
    public required string Username { get; init; }
    public string MembershipType { get; init; } = "UNMANAGED";
}
