using CsCheck;
using Platform.Identity.Realms;
using Xunit;

namespace Platform.Identity.Tests.Realms;

public sealed class RedirectUriFacts
{
    [Theory]
    [InlineData("http://127.0.0.1/*", "http://127.0.0.1:45678/callback", true)]
    [InlineData("http://127.0.0.1/*", "http://127.0.0.1/", true)]
    [InlineData("http://127.0.0.1/*", "http://localhost:45678/callback", false)]
    [InlineData("http://127.0.0.1/*", "https://127.0.0.1:45678/callback", false)]
    [InlineData("http://localhost:8000/*", "http://localhost:8000/signin-oidc?x=1", true)]
    [InlineData("http://localhost:8000/*", "http://localhost:8001/signin-oidc", false)]
    [InlineData("http://localhost:8000/*", "http://localhost:8000@evil.example/", false)]
    [InlineData("http://localhost:8000/app/*", "http://localhost:8000/app/../secret", false)]
    [InlineData("http://localhost:8000/app/*", "http://localhost:8000/app/%2e%2e/secret", false)]
    [InlineData("http://localhost:8000/app/*", "http://localhost:8000/app/..%2fsecret", false)]
    [InlineData("http://localhost:8000/app/*", "http://localhost:8000/app\\..\\secret", false)]
    [InlineData("https://app.example/callback", "https://app.example/callback", true)]
    [InlineData("https://app.example/callback", "https://app.example/callback?code=stolen", false)]
    [InlineData("https://app.example/callback", "https://app.example/callback/more", false)]
    [InlineData("https://app.example/callback", "https://APP.example/callback", true)]
    [InlineData("io.platform.mobile:/*", "io.platform.mobile:/signed-in", true)]
    [InlineData("io.platform.mobile:/*", "io.platform.mobile.evil:/signed-in", false)]
    public void A_pattern_matches_what_Keycloak_would_and_no_more(string pattern, string uri, bool matches) =>
        Assert.Equal(matches, RedirectUriPattern.Parse(pattern).Matches(uri));

    [Theory]
    [InlineData("*")]
    [InlineData("http://localhost*")]
    [InlineData("/relative/*")]
    [InlineData("https://app.example/#*")]
    public void A_pattern_that_anybody_could_match_is_refused(string pattern) =>
        Assert.Throws<StartupException>(() => RedirectUriPattern.Parse(pattern));

    [Fact]
    public void No_other_host_ever_matches()
    {
        var pattern = RedirectUriPattern.Parse("http://localhost:8000/*");
        Gen.String[Gen.Char[" /.:@\\?#%&localhost8000evil-"], 0, 40].Sample(text =>
            !pattern.Matches("http://" + text) || new Uri("http://" + text) is { Host: "localhost", Port: 8000, UserInfo: "" });
    }
}
