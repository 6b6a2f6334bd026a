using System.Security.Cryptography;
using System.Text;
using Platform.Identity.Passwords;

namespace Platform.Identity.Realms;

/// <summary>A person or service account of the realm with everything that a token may say about it.</summary>
internal sealed class RealmUser(Realm realm, UserDocument profile, RoleSet roles)
{
    public UserDocument Profile { get; } = profile;

    public string Id => Profile.Id;

    public string Username => Profile.Username;

    public string FullName { get; } = $"{profile.FirstName} {profile.LastName}".Trim();

    public RoleSet Roles { get; } = roles;

    public IReadOnlyList<OrganizationDocument> Organizations => [.. realm.OrganizationsOf(Id)];

    public PasswordHash? Password { get; } = profile.CredentialsOf(CredentialTypes.Password).Select(PasswordHash.Read).FirstOrDefault();

    public bool HasOtp => Profile.CredentialsOf(CredentialTypes.Otp).Any();

    /// <summary>
    /// Changes whenever a credential or the address does: what was sealed or mailed before is then worth nothing, which is what
    /// makes a link good for one use.
    /// </summary>
    public string Stamp { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', [
        profile.Email ?? "", profile.Enabled ? "" : "disabled",
        .. profile.Credentials.Where(credential => credential.Type is CredentialTypes.Password or CredentialTypes.Otp)
            .Select(credential => $"{credential.Type}:{credential.Id}:{credential.CreatedDate}:{credential.SecretData}")]))));

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
