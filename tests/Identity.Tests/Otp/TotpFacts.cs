using System.Text;
using CsCheck;
using Platform.Identity.Otp;
using Platform.Identity.Realms;
using Xunit;

namespace Platform.Identity.Tests.Otp;

public sealed class TotpFacts
{
    // The vectors of RFC 6238, appendix B.
    [Theory]
    [InlineData("HmacSHA1", "12345678901234567890", 59, "94287082")]
    [InlineData("HmacSHA1", "12345678901234567890", 1111111109, "07081804")]
    [InlineData("HmacSHA1", "12345678901234567890", 20000000000, "65353130")]
    [InlineData("HmacSHA256", "12345678901234567890123456789012", 59, "46119246")]
    [InlineData("HmacSHA512", "1234567890123456789012345678901234567890123456789012345678901234", 59, "90693936")]
    public void The_codes_are_those_of_the_standard(string algorithm, string secret, long seconds, string code) =>
        Assert.Equal(code, new Totp(algorithm, 8, 30, 1).At(Encoding.ASCII.GetBytes(secret), seconds / 30));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_code_is_good_a_period_early_or_late(int periods, bool isGood)
    {
        var totp = new Totp("HmacSHA1", 6, 30, 1);
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        byte[] secret = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

        Assert.Equal(isGood, totp.Match(secret, totp.At(secret, now.ToUnixTimeSeconds() / 30 + periods), now, after: 0) is not null);
    }

    [Fact]
    public void A_code_is_not_good_twice()
    {
        var totp = new Totp("HmacSHA1", 6, 30, 1);
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        byte[] secret = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        var code = totp.At(secret, now.ToUnixTimeSeconds() / 30);
        var used = totp.Match(secret, code, now, after: 0)!.Value;

        Assert.Null(totp.Match(secret, code, now, used));
    }

    [Fact]
    public void Base_32_is_read_back_unchanged() => Gen.Byte.Array[0, 64].Sample(bytes => Base32.Decode(Base32.Encode(bytes))!.SequenceEqual(bytes));

    [Theory]
    [InlineData("foobar", "MZXW6YTBOI")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("f", "MY")]
    public void Base_32_is_that_of_the_standard(string text, string encoded) => Assert.Equal(encoded, Base32.Encode(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Each_recovery_code_is_spent_once()
    {
        var (codes, credential) = RecoveryCodes.Create(DateTimeOffset.UnixEpoch);
        var left = RecoveryCodes.Spend([credential], codes[3].ToLowerInvariant());

        Assert.NotNull(left);
        Assert.Null(RecoveryCodes.Spend(left, codes[3]));
        Assert.NotNull(RecoveryCodes.Spend(left, codes[4]));
        Assert.Equal(codes.Count - 1, RecoveryCodes.Left(new UserDocument { Id = "1", Username = "u", Credentials = left }));
        Assert.DoesNotContain(codes[3], credential.SecretData, StringComparison.Ordinal);
    }
}
