using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Brokering;

/// <summary>A provider's identity that waits for the proof that an account is the same person's; it travels, sealed, in the form.</summary>
internal sealed record BrokerLink(BrokeredIdentity Identity, string UserId, string Stamp, LoginFlow Flow)
{
    public static BrokerLink New(BrokeredIdentity identity, RealmUser user, LoginFlow flow) => new(identity, user.Id, user.Stamp, flow);
}

internal sealed class BrokerLinkSeal(IDataProtectionProvider provider, LoginFlowSeal flows, Realm realm)
{
    private readonly IDataProtector _protector = provider.CreateProtector("Platform.Identity.BrokerLink");

    public string Seal(BrokerLink link) => _protector.Protect(JsonSerializer.Serialize(link));

    public (BrokerLink Link, RealmUser User, IdentityProviderDocument Provider)? Open(string? text)
    {
        try
        {
            return text is not null && JsonSerializer.Deserialize<BrokerLink>(_protector.Unprotect(text)) is { } link && !flows.IsStale(link.Flow)
                && realm.FindUser(link.UserId) is { } user && user.Stamp == link.Stamp && realm.FindProvider(link.Identity.Alias) is { } provider
                ? (link, user, provider)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
