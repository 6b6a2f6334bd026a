using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Platform.Identity.Brokering;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Steps;

/// <summary>
/// A person on the way through what is asked of them: after the password, within a session, or behind a mailed link. It travels,
/// sealed, in the forms and in the link, and is void as soon as one of the person's credentials changes.
/// </summary>
internal sealed record PendingSteps
{
    public required string UserId { get; init; }

    /// <summary><see cref="RealmUser.Stamp"/> when this was sealed.</summary>
    public required string Stamp { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required Language Language { get; init; }

    /// <summary>What has been proved so far; a link proves nothing but the address.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>What is asked beyond what the person's account and organizations ask.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>The sign-in that goes on afterwards; null behind a mailed link.</summary>
    public LoginFlow? Flow { get; init; }

    /// <summary>The session at a customer's server that the one here begins with.</summary>
    public BrokeredSession? Origin { get; init; }

    /// <summary>The session that exists already.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The application that a mailed link leads back to.</summary>
    public string? ClientId { get; init; }

    /// <summary>The secret that is being set up for one-time passwords.</summary>
    public string? OtpSecret { get; init; }

    /// <summary>What the browser was asked when a passkey is being made.</summary>
    public string? PasskeyAsked { get; init; }

    /// <summary>Recovery codes that have just been made and are to be shown.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; init; } = [];

    public bool IsLink => Flow is null;

    public PendingSteps Without(string action) => this with { Actions = [.. Actions.Where(other => other != action)] };
}

/// <summary>Seals and opens steps; what is too old or was sealed before a change of the person's credentials does not open.</summary>
internal sealed class StepsSeal(IDataProtectionProvider provider, Realm realm, TimeProvider time)
{
    private readonly IDataProtector _protector = provider.CreateProtector("Platform.Identity.PendingSteps");

    public string Seal(PendingSteps pending) => _protector.Protect(JsonSerializer.Serialize(pending));

    public (PendingSteps Pending, RealmUser User)? Open(string? sealedSteps)
    {
        try
        {
            return sealedSteps is not null
                && JsonSerializer.Deserialize<PendingSteps>(_protector.Unprotect(sealedSteps)) is { } pending
                && time.GetUtcNow() < pending.ExpiresAt
                && realm.FindUser(pending.UserId) is { } user
                && user.Stamp == pending.Stamp
                ? (pending, user)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
