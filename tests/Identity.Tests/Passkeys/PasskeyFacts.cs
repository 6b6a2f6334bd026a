using System.Text.Json.Nodes;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Passkeys;

public sealed class PasskeyFacts(SharedProvider provider) : IDisposable
{
    private readonly Browser _browser = new(provider.Identity.Url);
    private readonly Application _cli = Application.Cli(provider.Identity);
    private readonly Provisioning _admin = new(provider.Identity.Url);
    private readonly SoftKey _key = new(provider.Identity.Url);

    [Fact]
    public async Task A_passkey_signs_in_without_a_password_and_counts_as_two_factors()
    {
        var person = await RegisterAsync();
        await _admin.OrganizationAsync(new JsonObject { ["second-factor-required"] = new JsonArray("true") }, person);
        using var other = new Browser(provider.Identity.Url);

        var claims = (await _cli.ExchangeAsync(await UseAsync(other))).Claims();

        Assert.Equal(person.Id, (string?)claims["sub"]);
        Assert.Equal("""["hwk"]""", claims["amr"]?.ToJsonString());
        Assert.Equal("2", (string?)claims["acr"]);
    }

    [Fact]
    public async Task An_answer_that_was_overheard_signs_nobody_in_again()
    {
        await RegisterAsync();
        using var other = new Browser(provider.Identity.Url);
        var page = (await other.OpenAsync(_cli.AuthorizationUrl())).OnlyForm("/passkey");
        (string, string) answer = ("credential", _key.Use(SoftKey.Options(page)));

        Assert.NotNull((await other.SubmitAsync(page, answer)).Answer("code"));
        Assert.Equal("invalid_passkey", (await other.SubmitAsync((await ReplayAsync(page)), answer)).Error);

        async Task<Screen> ReplayAsync(Screen former)
        {
            // The browser's form is another one after the sign-in; the challenge and its answer are the old ones.
            var fresh = (await other.OpenAsync(_cli.AuthorizationUrl(("prompt", "login")))).OnlyForm("/passkey");
            return fresh with { Html = fresh.Html.Replace(Challenge(fresh), Challenge(former), StringComparison.Ordinal) };
        }
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"id":"AA","rawId":"AA","type":"public-key","response":{}}""")]
    public async Task What_is_no_answer_is_refused(string answer)
    {
        var page = (await _browser.OpenAsync(_cli.AuthorizationUrl())).OnlyForm("/passkey");

        Assert.Equal("invalid_passkey", (await _browser.SubmitAsync(page, ("credential", answer))).Error);
    }

    [Fact]
    public async Task A_key_of_another_device_or_without_its_person_is_refused()
    {
        await RegisterAsync();
        using var stranger = new SoftKey(provider.Identity.Url) { UserHandle = _key.UserHandle };
        using var phisher = new SoftKey("http://evil.example");
        using var other = new Browser(provider.Identity.Url);

        Assert.Equal("invalid_passkey", (await UseAsync(other, stranger)).Error);
        Assert.Equal("invalid_passkey", (await UseAsync(other, _key, flags: 0x01)).Error);
        Assert.Equal("invalid_passkey", (await UseAsync(other, phisher)).Error);
    }

    [Fact]
    public async Task A_passkey_that_was_removed_signs_nobody_in()
    {
        await RegisterAsync();
        var page = await _browser.OpenAsync($"{provider.Identity.Issuer}/account/security");
        var removed = await _browser.SubmitAsync(page.OnlyForm("/passkeys/remove"));
        using var other = new Browser(provider.Identity.Url);

        Assert.Contains("My laptop", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("My laptop", removed.Html, StringComparison.Ordinal);
        Assert.Equal("invalid_passkey", (await UseAsync(other)).Error);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _cli.Dispose();
        _admin.Dispose();
        _key.Dispose();
    }

    private async Task<Person> RegisterAsync()
    {
        var person = await _admin.PersonAsync();
        var page = await _browser.SignInAsync(
            await _browser.OpenAsync($"{provider.Identity.Issuer}/account/security"), person.Email, Person.FirstPassword);
        var question = await _browser.SubmitAsync(page.OnlyForm("/passkeys/add"));
        var done = await _browser.SubmitAsync(question, ("credential", _key.Create(SoftKey.Options(question))), ("userLabel", "My laptop"));
        Assert.Contains("My laptop", done.Html, StringComparison.Ordinal);
        return person;
    }

    private async Task<Screen> UseAsync(Browser browser, SoftKey? key = null, byte flags = 0x05)
    {
        var page = (await browser.OpenAsync(_cli.AuthorizationUrl())).OnlyForm("/passkey");
        return await browser.SubmitAsync(page, ("credential", (key ?? _key).Use(SoftKey.Options(page), flags)));
    }

    private static string Challenge(Screen page) => page.Html.Split("name=\"challenge\" value=\"")[1].Split('"')[0];
}
