using System.Text.RegularExpressions;
using Platform.Identity.Otp;

namespace Platform.Identity.Tests.Harness;

/// <summary>An authenticator app: it is given a secret by the page and shows codes.</summary>
internal sealed partial class AuthenticatorApp(string secret)
{
    private static readonly Totp Totp = new("HmacSHA1", 6, 30, 1);
    private readonly byte[] _secret = Base32.Decode(secret)!;

    public static AuthenticatorApp Scan(Screen screen) => new(Key().Match(screen.Html).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>The code of now, or of so many periods later.</summary>
    public string Code(int later = 0) => Totp.At(_secret, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30 + later);

    [GeneratedRegex("kc-totp-secret-key\">([^<]*)<")]
    private static partial Regex Key();
}
