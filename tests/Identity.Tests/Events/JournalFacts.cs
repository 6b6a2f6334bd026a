using System.Text.Json.Nodes;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Events;

public sealed class JournalFacts(SharedProvider provider) : IDisposable
{
    private readonly Browser _browser = new(provider.Identity.Url);
    private readonly Application _cli = Application.Cli(provider.Identity);
    private readonly Provisioning _admin = new(provider.Identity.Url);

    [Fact]
    public async Task Sign_ins_refusals_and_sign_outs_are_written_down()
    {
        var person = await _admin.PersonAsync();
        var organization = await _admin.OrganizationAsync(null, person);
        var page = await _browser.SignInAsync(await _browser.OpenAsync(_cli.AuthorizationUrl()), person.Email, "not the password");
        var tokens = await _cli.ExchangeAsync(await _browser.SignInAsync(page, person.Email, Person.FirstPassword));
        await _admin.SendAsync(HttpMethod.Post, $"/users/{person.Id}/logout");

        JsonArray journal = [];
        await Eventually.True(async () => (journal = (await _admin.GetAsync($"/events?user={person.Id}")).AsArray()).Count == 3);

        Assert.Equal(["LOGOUT", "LOGIN", "LOGIN_ERROR"], journal.Select(entry => (string?)entry!["type"]));
        var (signIn, refusal) = (journal[1]!, journal[2]!);
        Assert.Equal("platform-cli", (string?)signIn["clientId"]);
        Assert.Equal((string?)tokens.Claims()["sid"], (string?)signIn["sessionId"]);
        Assert.True(System.Net.IPAddress.IsLoopback(System.Net.IPAddress.Parse((string)signIn["ipAddress"]!)));
        Assert.Equal(organization, (string?)signIn["details"]!["organization"]);
        Assert.Equal(person.Email, (string?)signIn["details"]!["username"]);
        Assert.Equal("invalid_user_credentials", (string?)refusal["error"]);
        Assert.Equal(("password", "password"), ((string?)signIn["details"]!["credential_type"], (string?)refusal["details"]!["credential_type"]));
        Assert.DoesNotContain("not the password", journal.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_journal_is_asked_by_type_time_and_page()
    {
        var person = await _admin.PersonAsync();
        for (var index = 0; index < 3; index++)
        {
            using var browser = new Browser(provider.Identity.Url);
            await _cli.SignInAsync(browser, person.Email, Person.FirstPassword);
        }
        await Eventually.True(async () => (await _admin.GetAsync($"/events?user={person.Id}&type=LOGIN")).AsArray().Count == 3);

        var all = (await _admin.GetAsync($"/events?user={person.Id}&type=LOGIN&type=LOGOUT&direction=asc")).AsArray();
        var second = (await _admin.GetAsync($"/events?user={person.Id}&first=1&max=1&direction=asc")).AsArray();
        var tomorrow = DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds();

        Assert.Equal((string?)all[1]!["id"], (string?)second.Single()!["id"]);
        Assert.Empty((await _admin.GetAsync($"/events?user={person.Id}&type=LOGIN_ERROR")).AsArray());
        Assert.Empty((await _admin.GetAsync($"/events?user={person.Id}&dateFrom={tomorrow}")).AsArray());
        Assert.Equal(3, (await _admin.GetAsync($"/events?user={person.Id}&dateFrom={DateTimeOffset.UtcNow.AddDays(-1):yyyy-MM-dd}")).AsArray().Count);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_not_written_down()
    {
        var name = $"secret{Guid.NewGuid():N}";
        await _browser.SignInAsync(await _browser.OpenAsync(_cli.AuthorizationUrl()), name, "whatever it is");
        await Eventually.True(async () => (await _admin.GetAsync("/events?type=LOGIN_ERROR&max=500")).AsArray().Any(entry => (string?)entry!["error"] == "user_not_found"));

        Assert.DoesNotContain(name, (await _admin.GetAsync("/events?max=500")).ToJsonString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _cli.Dispose();
        _admin.Dispose();
    }
}
