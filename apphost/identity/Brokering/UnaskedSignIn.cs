using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Brokering;

/// <summary>Somebody whom a provider has sent without being asked; it travels, sealed, in the form that asks whether they meant to come.</summary>
/// <param name="Id">By which it counts once.</param>
/// <param name="Identity">Who they are there.</param>
/// <param name="Flow">Where they are to go.</param>
internal sealed record UnaskedSignIn(Guid Id, BrokeredIdentity Identity, LoginFlow Flow);

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
