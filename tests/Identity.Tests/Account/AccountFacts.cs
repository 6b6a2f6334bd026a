using System.Text.Json.Nodes;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Account;

public sealed class AccountFacts(SharedProvider provider) : IDisposable
{
    private readonly Browser _browser = new(provider.Identity.Url);
    private readonly Application _cli = Application.Cli(provider.Identity);
    private readonly Provisioning _admin = new(provider.Identity.Url);

    [Theory]
    [InlineData("")]
    [InlineData("/security")]
    [InlineData("/sessions")]
    [InlineData("/applications")]
    public async Task Ones_own_pages_ask_for_a_sign_in_and_then_open(string page)
    {
        var person = await _admin.PersonAsync();
        var question = await _browser.OpenAsync(Url(page));

        var screen = await _browser.SignInAsync(question, person.Email, Person.FirstPassword);

        Assert.Contains("kc-form-login", question.Html, StringComparison.Ordinal);
        Assert.Contains("class=\"account\"", screen.Html, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"page\"", screen.Html, StringComparison.Ordinal);
        Assert.Contains(person.Email, screen.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_is_changed_and_the_next_token_says_it()
    {
        var person = await _admin.PersonAsync();
        var screen = await EnterAsync(person);

        var saved = await _browser.SubmitAsync(screen, ("firstName", "Новое"), ("lastName", "<b>Имя</b>"));

        Assert.Contains("role=\"status\"", saved.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Имя", saved.Html, StringComparison.Ordinal);
        Assert.Equal("Новое <b>Имя</b>", (string?)(await _cli.ExchangeAsync(await _browser.OpenAsync(_cli.AuthorizationUrl()))).Claims()["name"]);
    }

    [Fact]
    public async Task A_change_of_the_password_needs_the_present_one_and_ends_the_other_sessions()
    {
        var person = await _admin.PersonAsync();
        using var elsewhere = new Browser(provider.Identity.Url);
        var other = await _cli.SignInAsync(elsewhere, person.Email, Person.FirstPassword);
        await EnterAsync(person);
        var here = await _cli.ExchangeAsync(await _browser.OpenAsync(_cli.AuthorizationUrl()));
        var page = await _browser.OpenAsync(Url("/security"));
        (string, string)[] fresh = [("password-new", "another good sentence"), ("password-confirm", "another good sentence")];

        var wrong = await _browser.SubmitAsync(page, [("password", "not the present one"), .. fresh]);
        var right = await _browser.SubmitAsync(wrong, [("password", Person.FirstPassword), .. fresh]);

        Assert.Equal("invalid_credentials", wrong.Error);
        Assert.Null(right.Error);
        Assert.Equal("invalid_grant", (await _cli.RefreshAsync(other)).Error());
        Assert.NotNull((await _cli.RefreshAsync(here))["access_token"]);
    }

    [Fact]
    public async Task A_session_elsewhere_is_ended_from_afar_but_not_somebody_elses()
    {
        var (person, stranger) = (await _admin.PersonAsync(), await _admin.PersonAsync());
        using var elsewhere = new Browser(provider.Identity.Url);
        using var strangers = new Browser(provider.Identity.Url);
        var other = await _cli.SignInAsync(elsewhere, person.Email, Person.FirstPassword);
        var foreign = await _cli.SignInAsync(strangers, stranger.Email, Person.FirstPassword);
        await EnterAsync(person);
        var page = await _browser.OpenAsync(Url("/sessions"));
        var (mine, theirs) = ((string)other.Claims()["sid"]!, (string)foreign.Claims()["sid"]!);

        await _browser.SubmitAsync(page with { Html = page.Html.Replace(mine, theirs, StringComparison.Ordinal) });
        Assert.NotNull((await _cli.RefreshAsync(foreign))["access_token"]);
        var refreshed = await _cli.RefreshAsync(other);
        var after = await _browser.SubmitAsync(page);

        Assert.Contains("Platform CLI", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(theirs, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(mine, after.Html, StringComparison.Ordinal);
        Assert.Equal("invalid_grant", (await _cli.RefreshAsync(refreshed)).Error());
    }

    [Fact]
    public async Task Two_step_sign_in_is_turned_on_and_off_on_the_security_page()
    {
        var person = await _admin.PersonAsync();
        await EnterAsync(person);
        var page = await _browser.OpenAsync(Url("/security"));
        var setUp = await _browser.SubmitAsync(page.OnlyForm("/totp/add"));
        var app = AuthenticatorApp.Scan(setUp);
        var on = await _browser.SubmitAsync(await _browser.SubmitAsync(setUp, ("totp", app.Code()), ("userLabel", "Phone <1>")));
        var isOn = (bool?)(await _admin.GetAsync($"/users/{person.Id}"))["totp"];

        var off = await _browser.SubmitAsync(on.OnlyForm("/totp/remove"));

        Assert.True(isOn);
        Assert.Contains("Phone &lt;1&gt;", on.Html, StringComparison.Ordinal);
        Assert.Contains("/totp/add", off.Html, StringComparison.Ordinal);
        Assert.False((bool?)(await _admin.GetAsync($"/users/{person.Id}"))["totp"]);
    }

    [Fact]
    public async Task The_last_device_stays_where_the_organization_requires_one()
    {
        var person = await _admin.PersonAsync("CONFIGURE_TOTP");
        await _admin.OrganizationAsync(new JsonObject { ["second-factor-required"] = new JsonArray("true") }, person);
        var setUp = await EnterAsync(person);
        var on = await _browser.SubmitAsync(await _browser.SubmitAsync(setUp, ("totp", AuthenticatorApp.Scan(setUp).Code())));
        var page = await _browser.OpenAsync(Url("/security"));

        var refused = await _browser.SubmitAsync(page.OnlyForm("/totp/remove"));

        Assert.Contains("class=\"account\"", on.Html, StringComparison.Ordinal);
        Assert.Equal("second_factor_required", refused.Error);
    }

    [Theory]
    [InlineData("/profile")]
    [InlineData("/password")]
    [InlineData("/totp/add")]
    [InlineData("/totp/remove")]
    [InlineData("/recovery-codes")]
    [InlineData("/sessions/end")]
    [InlineData("/sessions/end-others")]
    [InlineData("/applications/revoke")]
    public async Task A_form_from_another_site_changes_nothing(string action)
    {
        var person = await _admin.PersonAsync();
        await EnterAsync(person);
        var forged = $"""<form action="{provider.Identity.Issuer}/account{action}"><input type="hidden" name="firstName" value="Mallory"></form>""";

        var screen = await _browser.SubmitAsync(new Screen(new HttpResponseMessage(), forged, null));

        Assert.Equal(400, screen.Status);
        Assert.Equal("stale_page", screen.Error);
        Assert.Equal("Pat", (string?)(await _admin.GetAsync($"/users/{person.Id}"))["firstName"]);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _cli.Dispose();
        _admin.Dispose();
    }

    private async Task<Screen> EnterAsync(Person person) =>
        await _browser.SignInAsync(await _browser.OpenAsync(Url("")), person.Email, Person.FirstPassword);

    private string Url(string page) => $"{provider.Identity.Issuer}/account{page}";
}
