using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Brokering;

/// <summary>Somebody whom a provider has sent without being asked; it travels, sealed, in the form that asks whether they meant to come.</summary>
internal sealed record UnaskedSignIn(BrokeredIdentity Identity, LoginFlow Flow);

internal sealed class UnaskedSeal(IDataProtectionProvider protection, LoginFlowSeal flows, Realm realm)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Platform.Identity.UnaskedSignIn");

    public string Seal(UnaskedSignIn waiting) => _protector.Protect(JsonSerializer.Serialize(waiting));

    public (UnaskedSignIn Waiting, IdentityProviderDocument Provider)? Open(string? text)
    {
        try
        {
            return text is not null && JsonSerializer.Deserialize<UnaskedSignIn>(_protector.Unprotect(text)) is { } waiting && !flows.IsStale(waiting.Flow)
                && realm.FindProvider(waiting.Identity.Alias) is { } provider
                ? (waiting, provider)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
