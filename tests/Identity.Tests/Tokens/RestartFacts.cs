using System.Net;
using System.Text.Json.Nodes;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Tokens;

public sealed class RestartFacts
{
    [Fact]
    public async Task A_restart_keeps_keys_sessions_and_refresh_tokens()
    {
        await using var identity = await IdentityProcess.StartAsync();
        await using var api = await ProtectedApi.StartAsync(identity.Url);
        using var browser = new Browser(identity.Url);
        using var cli = Application.Cli(identity);
        using var web = Application.Web(identity);
        var before = await cli.SignInAsync(browser, "alice@acme.example");

        await identity.RestartAsync();

        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync(before.Access())).Status);
        var refreshed = await cli.RefreshAsync(before);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync(refreshed.Access())).Status);
        var second = await web.ExchangeAsync(await browser.OpenAsync(web.AuthorizationUrl()));
        Assert.Equal((string?)before.Claims()["sid"], (string?)second.Claims()["sid"]);
    }

    [Fact]
    public async Task A_login_page_opened_before_a_restart_still_works_after_it()
    {
        await using var identity = await IdentityProcess.StartAsync();
        using var browser = new Browser(identity.Url);
        using var cli = Application.Cli(identity);
        var page = await browser.OpenAsync(cli.AuthorizationUrl());

        await identity.RestartAsync();

        Assert.NotNull((await browser.SignInAsync(page, "alice@acme.example", "demo")).Answer("code"));
    }

    [Theory]
    [InlineData("PLATFORM_WEB_SECRET", "", "The realm file needs PLATFORM_WEB_SECRET")]
    [InlineData("ConnectionStrings__identity", " ", "ConnectionStrings:identity")]
    [InlineData("Identity__RealmFile", "/nowhere/realm.json", "Identity:RealmFile")]
    [InlineData("Identity__PublicUrl", "localhost", "Identity:PublicUrl")]
    public async Task A_setting_that_is_wrong_stops_the_start_with_a_sentence_that_says_what_to_set(string name, string value, string message)
    {
        await using var identity = await IdentityProcess.PrepareAsync(null, (name, value));

        Assert.Equal(1, await identity.RunToExitAsync());
        Assert.Contains(message, identity.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", identity.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_leaves_the_realm_file_is_out_after_a_restart()
    {
        await using var identity = await IdentityProcess.StartAsync();
        using var browser = new Browser(identity.Url);
        using var cli = Application.Cli(identity);
        var tokens = await cli.SignInAsync(browser, "gina@globex.example");

        identity.ChangeRealm(realm => User(realm, "gina@globex.example")["enabled"] = false);
        await identity.RestartAsync();

        Assert.Equal("invalid_grant", (await cli.RefreshAsync(tokens)).Error());
        Assert.Contains("kc-form-login", (await browser.OpenAsync(cli.AuthorizationUrl())).Html, StringComparison.Ordinal);
    }

    private static JsonObject User(JsonObject realm, string userName) =>
        realm["users"]!.AsArray().Select(user => user!.AsObject()).Single(user => (string?)user["username"] == userName);
}
