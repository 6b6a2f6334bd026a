using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Identity.Realms;

namespace Platform.Identity.Otp;

/// <summary>Codes on paper for whoever has lost the device; each works once. Only digests are kept: a code has 60 bits and needs no slow hash.</summary>
internal static class RecoveryCodes
{
    private const int Count = 10;
    private const int Length = 12;

    public static (IReadOnlyList<string> Codes, CredentialDocument Credential) Create(DateTimeOffset now)
    {
        var codes = Enumerable.Range(0, Count).Select(_ => NewCode()).ToList();
        return (codes, new CredentialDocument
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Type = CredentialTypes.RecoveryCodes,
            CreatedDate = now.ToUnixTimeMilliseconds(),
            SecretData = JsonSerializer.Serialize(codes.Select(Digest)),
            CredentialData = "{}",
        });
    }

    /// <summary>The credentials without the code; null when it is none of them.</summary>
    public static IReadOnlyList<CredentialDocument>? Spend(IReadOnlyList<CredentialDocument> credentials, string code)
    {
        var digest = Digest(code);
        foreach (var credential in credentials.Where(one => one.Type == CredentialTypes.RecoveryCodes))
        {
            var left = Digests(credential);
            if (!left.Remove(digest)) continue;
            return [.. credentials.Select(one => one == credential ? one with { SecretData = JsonSerializer.Serialize(left) } : one)];
        }
        return null;
    }

    public static int Left(UserDocument user) => user.CredentialsOf(CredentialTypes.RecoveryCodes).Sum(credential => Digests(credential).Count);

    private static List<string> Digests(CredentialDocument credential) => JsonSerializer.Deserialize<List<string>>(credential.SecretData ?? "[]")!;

    private static string NewCode()
    {
        var letters = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", Length);
        return $"{letters[..4]}-{letters[4..8]}-{letters[8..]}";
    }

    private static string Digest(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        new string([.. code.ToUpperInvariant().Where(char.IsLetterOrDigit)]))));
}
