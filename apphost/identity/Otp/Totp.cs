using System.Security.Cryptography;
using System.Text;
using OtpNet;

namespace Platform.Identity.Otp;

/// <summary>Time-based one-time passwords (RFC 6238).</summary>
/// <param name="Algorithm">Keycloak's name: HmacSHA1, HmacSHA256 or HmacSHA512.</param>
/// <param name="Period">Seconds that a code is good for.</param>
/// <param name="Window">Periods before and after the present one that are good as well, for clocks that differ.</param>
internal sealed record Totp(string Algorithm, int Digits, int Period, int Window)
{
    public static string NewSecret() => Base32.Encode(RandomNumberGenerator.GetBytes(20));

    /// <summary>The number of the period that the code is of; null when it is of none that is good now and later than <paramref name="after"/>.</summary>
    public long? Match(byte[] secret, string code, DateTimeOffset now, long after)
    {
        var current = now.ToUnixTimeSeconds() / Period;
        long? found = null;
        // Every period is looked at whatever the first ones say: the answer takes the same time for each.
        for (var step = current - Window; step <= current + Window; step++)
        {
            var matches = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(At(secret, step)), Encoding.ASCII.GetBytes(code));
            if (matches && step > after) found = step;
        }
        return found;
    }

    /// <summary>The code of a period.</summary>
    public string At(byte[] secret, long step) =>
        new OtpNet.Totp(secret, Period, Mode, Digits).ComputeTotp(DateTimeOffset.FromUnixTimeSeconds(step * Period).UtcDateTime);

    /// <summary>What the QR code says to the authenticator app.</summary>
    public string Address(string issuer, string account, string secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={secret}&issuer={Uri.EscapeDataString(issuer)}"
        + $"&digits={Digits}&period={Period}&algorithm={Algorithm[4..]}";

    private OtpHashMode Mode => Algorithm switch
    {
        "HmacSHA256" => OtpHashMode.Sha256,
        "HmacSHA512" => OtpHashMode.Sha512,
        _ => OtpHashMode.Sha1,
    };
}
