using System.Security.Cryptography;
using System.Text;
using Platform.Identity.Tokens;

namespace Platform.Identity.Realms;

/// <summary>Tells whether clients were registered from this very realm file. It is keyed, because the file's secrets are in it.</summary>
internal sealed class RealmFingerprint(Realm realm, IdentityOptions options, TokenKeys keys)
{
    // To be raised when ClientRegistration begins to register something else of the same file.
    private const int Version = 1;

    public string Value { get; } = Convert.ToHexStringLower(HMACSHA256.HashData(
        keys.Encryption.Key, Encoding.UTF8.GetBytes($"{Version}|{options.AllowDirectGrant}|{realm.Source}")));
}
