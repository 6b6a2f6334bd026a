using System.Text.Json.Nodes;
using MimeKit;
using Platform.Identity.Realms;

namespace Platform.Identity.Admin;

/// <summary>People as the admin API shows them: without their credentials.</summary>
internal static class UserView
{
    public static UserDocument New(Realm realm, string username, string? email, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new UserDocument
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Username = username.ToLowerInvariant(),
            Email = email?.ToLowerInvariant(),
            RealmRoles = [$"default-roles-{realm.Name}"],
            CreatedTimestamp = now.ToUnixTimeMilliseconds(),
        };
    }

    public static JsonObject Show(RealmUser user)
    {
        var profile = user.Profile;
        var shown = new JsonObject
        {
            ["id"] = profile.Id,
            ["username"] = profile.Username,
            ["firstName"] = profile.FirstName,
            ["lastName"] = profile.LastName,
            ["email"] = profile.Email,
            ["emailVerified"] = profile.EmailVerified,
            ["enabled"] = profile.Enabled,
            ["totp"] = user.HasOtp,
            ["createdTimestamp"] = profile.CreatedTimestamp ?? 0,
            ["requiredActions"] = new JsonArray([.. profile.RequiredActions.Select(action => (JsonNode)action)]),
        };
        if (profile.Attributes.Count > 0) shown["attributes"] = AdminBody.Show(profile.Attributes);
        return shown;
    }

    public static bool Matches(RealmUser user, string search, bool exact) => search.Length == 0
        || new[] { user.Username, user.Profile.Email, user.Profile.FirstName, user.Profile.LastName }.OfType<string>().Any(text => exact
            ? string.Equals(text, search, StringComparison.OrdinalIgnoreCase)
            : text.Contains(search, StringComparison.OrdinalIgnoreCase));

    public static bool IsEmail(string text) => text.Length <= 254 && text.Contains('@', StringComparison.Ordinal)
        && MailboxAddress.TryParse(text, out var address) && string.Equals(address.Address, text, StringComparison.Ordinal);
}
