using Platform.Identity.Passwords;

namespace Platform.Identity.Realms;

/// <summary>A person or service account of the realm with everything that a token may say about it.</summary>
internal sealed class RealmUser(UserDocument profile, RoleSet roles, IEnumerable<OrganizationDocument> organizations)
{
    public UserDocument Profile { get; } = profile;

    public string Id => Profile.Id;

    public string Username => Profile.Username;

    public string FullName { get; } = $"{profile.FirstName} {profile.LastName}".Trim();

    public RoleSet Roles { get; } = roles;

    public IReadOnlyList<OrganizationDocument> Organizations { get; } = [.. organizations];

    public PasswordHash? Password { get; } = profile.Credentials
        .Where(credential => credential.Type == "password")
        .Select(PasswordHash.Read)
        .FirstOrDefault();

    /// <summary>A property by Keycloak's name for it, or else an attribute.</summary>
    public IReadOnlyList<string> Attribute(string name) => name switch
    {
        "id" => [Id],
        "username" => [Username],
        "email" => Present(Profile.Email),
        "emailVerified" => [Profile.EmailVerified ? "true" : "false"],
        "firstName" => Present(Profile.FirstName),
        "lastName" => Present(Profile.LastName),
        _ => Profile.Attributes.GetValueOrDefault(name) ?? [],
    };

    private static string[] Present(string? value) => string.IsNullOrEmpty(value) ? [] : [value];
}
