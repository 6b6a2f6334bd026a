using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Platform.Gateway.Sessions.SignIn;
using Platform.Gateway.Sessions.Storage;
using Xunit;

namespace Gateway.Tests.Sessions;

public sealed class SecretProtectorFacts
{
    private static readonly byte[] Text = "what nobody may know"u8.ToArray();
    private static readonly string First = new('a', 32);
    private static readonly string Second = new('b', 32);

    [Fact]
    public void What_is_sealed_is_opened_for_the_same_purpose_only()
    {
        var state = SecretProtector.From(First).CreateProtector("state");
        var box = state.CreateProtector("row 1").Protect(Text);
        Assert.Equal(Text, SecretProtector.From(First).CreateProtector("state").CreateProtector("row 1").Unprotect(box));
        IDataProtector[] others =
            [state, state.CreateProtector("row 2"), state.CreateProtector("row").CreateProtector(" 1"), SecretProtector.From(First).CreateProtector("row 1")];
        foreach (var other in others)
            Assert.ThrowsAny<CryptographicException>(() => other.Unprotect(box));
        Assert.NotEqual(box, state.CreateProtector("row 1").Protect(Text));
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        var protector = SecretProtector.From(First).CreateProtector("x");
        var box = protector.Protect(Text);
        for (var i = 0; i < box.Length; i++)
        {
            var changed = box.ToArray();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(changed));
        }

        for (var length = 0; length < box.Length; length++)
            Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(box[..length]));
    }

    [Fact]
    public void Keys_are_changed_by_putting_the_new_one_in_front()
    {
        var old = SecretProtector.From(First).CreateProtector("x").Protect(Text);
        var both = SecretProtector.From($"{Second}, {First}").CreateProtector("x");
        Assert.Equal(Text, both.Unprotect(old));
        Assert.Equal(Text, SecretProtector.From(Second).CreateProtector("x").Unprotect(both.Protect(Text)));
        Assert.ThrowsAny<CryptographicException>(() => SecretProtector.From(Second).CreateProtector("x").Unprotect(old));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("too short")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,short")]
    public void A_key_is_long(string keys) => Assert.Throws<InvalidOperationException>(() => SecretProtector.From(keys));

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0", "Windows", "Edge 139")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", "Mac", "Safari 18")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", "iPhone", "Safari 18")]
    [InlineData("Mozilla/5.0 (Android 15; Mobile; rv:141.0) Gecko/141.0 Firefox/141.0", "Android", "Firefox 141")]
    [InlineData("curl/8.5.0", "Unknown", "Unknown")]
    [InlineData("", "Unknown", "Unknown")]
    public void A_browser_is_named_so_that_its_owner_knows_it(string agent, string device, string browser) =>
        Assert.Equal((device, browser), (ClientDescription.DeviceOf(agent), ClientDescription.BrowserOf(agent)));
}
