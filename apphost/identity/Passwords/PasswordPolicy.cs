using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Identity.Realms;

namespace Platform.Identity.Passwords;

/// <summary>Why a new password is refused; the code is for programs, the number for the text.</summary>
internal sealed record PasswordViolation(string Code, int Number = 0);

/// <summary>
/// The realm's <c>passwordPolicy</c>, in Keycloak's words, for passwords that are set from now on. What everybody tries first is
/// refused whatever the policy says, and so is what those try who know the person or the company.
/// </summary>
internal sealed partial class PasswordPolicy
{
    private static readonly HashSet<string> Hints = new(StringComparer.Ordinal) { "hashIterations", "hashAlgorithm", "forceExpiredPasswordChange", "maxAuthAge" };
    private readonly Realm _realm;
    private readonly List<(string Name, string Value)> _rules;

    public PasswordPolicy(Realm realm)
    {
        _realm = realm;
        _rules = [.. Rule().Matches(realm.Settings.PasswordPolicy ?? "").Select(match => (match.Groups["name"].Value, match.Groups["value"].Value))];
        if (_rules.FirstOrDefault(rule => !IsKnown(rule.Name)).Name is { } unknown)
            throw new StartupException($"The realm file's passwordPolicy has the rule {unknown}, which is not known here.");
        if (_rules.FirstOrDefault(rule => rule.Name == "passwordBlacklist" && rule.Value != CommonPasswords.List) is { Name: not null } other)
            throw new StartupException($"The realm file's passwordPolicy names the list {other.Value}; here there is {CommonPasswords.List} alone.");
    }

    /// <summary>How many former passwords may not come back.</summary>
    public int History => _rules.Where(rule => rule.Name == "passwordHistory").Select(rule => Number(rule.Value, 3)).FirstOrDefault();

    /// <summary>The least length, for the hint under the field.</summary>
    public int MinLength => _rules.Where(rule => rule.Name == "length").Select(rule => Number(rule.Value, 8)).FirstOrDefault();

    public PasswordViolation? Check(UserDocument user, string password)
    {
        if (CommonPasswords.Contains(password)) return new("password_common");
        return _rules.Select(rule => Check(rule.Name, rule.Value, user, password)).FirstOrDefault(violation => violation is not null)
            ?? Unless(!ContextWords.AreMostOf(password, user, _realm.OrganizationsOf(user.Id)), "password_context");
    }

    private PasswordViolation? Check(string name, string value, UserDocument user, string password) => name switch
    {
        "length" => Unless(password.Length >= Number(value, 8), "password_too_short", Number(value, 8)),
        "maxLength" => Unless(password.Length <= Number(value, 64), "password_too_long", Number(value, 64)),
        "digits" => Unless(password.Count(char.IsDigit) >= Number(value, 1), "password_needs_digits", Number(value, 1)),
        "lowerCase" => Unless(password.Count(char.IsLower) >= Number(value, 1), "password_needs_lower_case", Number(value, 1)),
        "upperCase" => Unless(password.Count(char.IsUpper) >= Number(value, 1), "password_needs_upper_case", Number(value, 1)),
        "specialChars" => Unless(
            password.Count(letter => !char.IsLetterOrDigit(letter)) >= Number(value, 1), "password_needs_special_characters", Number(value, 1)),
        "notUsername" => Unless(!Same(password, user.Username), "password_is_user_name"),
        "notEmail" => Unless(!Same(password, user.Email), "password_is_email"),
        "notContainsUsername" => Unless(!password.Contains(user.Username, StringComparison.OrdinalIgnoreCase), "password_is_user_name"),
        "passwordHistory" => Unless(!Used(user, password, Number(value, 3)), "password_used_before", Number(value, 3)),
        "regexPattern" => Unless(Regex.IsMatch(password, value, RegexOptions.None, TimeSpan.FromSeconds(1)), "password_not_of_the_pattern"),
        _ => null,
    };

    private static PasswordViolation? Unless(bool holds, string code, int number = 0) => holds ? null : new(code, number);

    private static bool Same(string password, string? other) => string.Equals(password, other, StringComparison.OrdinalIgnoreCase);

    // The password that is in use counts among them, as in Keycloak.
    private static bool Used(UserDocument user, string password, int history) => user.CredentialsOf(CredentialTypes.Password)
        .Concat(user.CredentialsOf(CredentialTypes.PasswordHistory).OrderByDescending(credential => credential.CreatedDate).Take(history - 1))
        .Any(credential => PasswordHash.Read(credential).Verify(password));

    private static int Number(string value, int fallback) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : fallback;

    private static bool IsKnown(string name) => Hints.Contains(name) || name is "length" or "maxLength" or "digits" or "lowerCase" or "upperCase"
        or "specialChars" or "notUsername" or "notEmail" or "notContainsUsername" or "passwordHistory" or "regexPattern" or "passwordBlacklist";

    [GeneratedRegex(@"(?<name>[A-Za-z]+)(?:\((?<value>.*?)\))?(?: and |$)")]
    private static partial Regex Rule();
}
