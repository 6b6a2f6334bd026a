using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Automation.Signups;

/// <summary>
/// Which sign-up. Nobody has a tenant yet, so its rows belong to an owner of their own, made of the e-mail address: one address
/// has one sign-up at a time. Both parts stand in the id that clients see; the second is random, which is what keeps it secret.
/// </summary>
internal sealed record SignupId(Guid Owner, Guid Id)
{
    public static SignupId Create(string email) => new(OwnerOf(email), RandomId());

    public static bool TryParse(string text, [NotNullWhen(true)] out SignupId? id)
    {
        id = text.Split('-') is [{ Length: 32 } owner, { Length: 32 } secret] && Guid.TryParseExact(owner, "N", out var ownerId) && Guid.TryParseExact(secret, "N", out var secretId)
            ? new SignupId(ownerId, secretId)
            : null;
        return id is not null;
    }

    public static Guid OwnerOf(string email) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"signup:{email.Trim().ToLowerInvariant()}")).AsSpan(0, 16));

    public override string ToString() => $"{Owner:N}-{Id:N}";

    private static Guid RandomId() => new(RandomNumberGenerator.GetBytes(16));
}
