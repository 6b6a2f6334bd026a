using Platform.Automation.Identity;

namespace Platform.Automation.Signups;

/// <summary>
/// Tells an account that an earlier attempt of this sign-up made from one that was there before. An address has one sign-up at a
/// time, so an account that is younger than the sign-up, in no other organization, is its own.
/// </summary>
internal static class OwnUser
{
    // Two machines' clocks.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    public static async Task<KeycloakUser?> FindAsync(KeycloakAdmin identity, Signup signup, string organizationId)
    {
        if (await identity.FindUserAsync(signup.AdminEmail) is not { } user || user.CreateTime < signup.CreateTime - Skew)
            return null;
        var organizations = await identity.OrganizationsOfAsync(user.Id);
        return organizations.All(organization => organization == organizationId) ? user : null;
    }
}
