using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Platform.Identity.Brokering;

/// <summary>
/// Seals what a provider is shown at a sign-out, its own ID token: it says who the person is, and lies in the session until then. One that
/// would make an address too long is not kept.
/// </summary>
internal sealed class ProviderTokenSeal(IDataProtectionProvider provider)
{
    private const int MaxLength = 6_000;

    private readonly IDataProtector _protector = provider.CreateProtector("Platform.Identity.ProviderToken");

    public string? Seal(string token) => token.Length <= MaxLength ? _protector.Protect(token) : null;

    public string? Open(string? text)
    {
        try
        {
            return text is null ? null : _protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
