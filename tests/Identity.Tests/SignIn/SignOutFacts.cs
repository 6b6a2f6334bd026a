using System.Net;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.SignIn;

public sealed class SignOutFacts(SharedProvider provider) : IDisposable
{
    private const string SignedOut = "http://localhost:8000/signed-out";
    private readonly Browser _browser = new(provider.Identity.Url);
    private readonly Application _web = Application.Web(provider.Identity);

    [Fact]
    public async Task An_application_that_shows_the_identity_token_signs_its_person_out_everywhere()
    {
        var tokens = await _web.SignInAsync(_browser, "greg@globex.example");

        var screen = await _browser.OpenAsync(_web.LogoutUrl(
            ("id_token_hint", (string)tokens["id_token"]!), ("post_logout_redirect_uri", SignedOut), ("state", "bye")));

        Assert.Equal($"{SignedOut}?state=bye", screen.LeftFor?.ToString());
        Assert.Contains("kc-form-login", (await _browser.OpenAsync(_web.AuthorizationUrl())).Html, StringComparison.Ordinal);
        Assert.Equal("invalid_grant", (await _web.RefreshAsync(tokens)).Error());
        Assert.Equal(HttpStatusCode.Unauthorized, (await _web.GetAsync("userinfo", tokens.Access())).StatusCode);
        Assert.False((bool?)(await _web.PostAsync("token/introspect", ("token", tokens.Access())))["active"]);
    }

    [Fact]
    public async Task A_link_without_the_identity_token_asks_the_person_first()
    {
        var tokens = await _web.SignInAsync(_browser, "greg@globex.example");

        var question = await _browser.OpenAsync(_web.LogoutUrl(("client_id", "platform-web"), ("post_logout_redirect_uri", SignedOut)));
        Assert.Contains("kc-logout", question.Html, StringComparison.Ordinal);
        var answered = await _browser.SubmitAsync(question);

        Assert.Equal(SignedOut, answered.LeftFor?.ToString());
        Assert.Equal("invalid_grant", (await _web.RefreshAsync(tokens)).Error());
    }

    [Fact]
    public async Task Without_an_address_to_go_to_the_person_reads_that_it_is_done()
    {
        var tokens = await _web.SignInAsync(_browser, "greg@globex.example");

        var screen = await _browser.OpenAsync(_web.LogoutUrl(("id_token_hint", (string)tokens["id_token"]!)));

        Assert.Equal(200, screen.Status);
        Assert.Contains("You are signed out", screen.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_sent_to_an_address_that_is_not_registered()
    {
        var tokens = await _web.SignInAsync(_browser, "greg@globex.example");

        var screen = await _browser.OpenAsync(_web.LogoutUrl(
            ("id_token_hint", (string)tokens["id_token"]!), ("post_logout_redirect_uri", "http://evil.example/")));

        Assert.Equal(400, screen.Status);
        Assert.Null(screen.LeftFor);
        Assert.NotNull((await _web.RefreshAsync(tokens))["access_token"]);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _web.Dispose();
    }
}
