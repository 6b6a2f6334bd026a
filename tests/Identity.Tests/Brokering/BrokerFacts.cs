using System.Net;
using System.Text.Json.Nodes;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Brokering;

public sealed class BrokerFacts(CustomerServer servers) : IClassFixture<CustomerServer>
{
    [Fact]
    public async Task A_person_of_the_customer_becomes_a_member_at_the_first_sign_in_and_stays_the_same_one()
    {
        using var bench = await BrokerBench.StartAsync(servers);
        await bench.Admin.CreateAsync($"/identity-provider/instances/{bench.Alias}/mappers", new JsonObject
        {
            ["name"] = "title",
            ["identityProviderMapper"] = "oidc-user-attribute-idp-mapper",
            ["config"] = new JsonObject { ["claim"] = "family_name", ["user.attribute"] = "title" },
        });
        var email = await bench.PersonThereAsync();
        var first = (await bench.Cli.ExchangeAsync(await bench.SignInAsync(email))).Claims();
        using var other = new Browser(servers.Platform.Url);
        var again = await other.OpenAsync((await bench.SignInThereAsync((await other.OpenAsync(bench.Cli.AuthorizationUrl(("kc_idp_hint", bench.Alias)))).LeftFor!, email)).ToString());

        Assert.Equal((email, "Chris Customer"), ((string?)first["preferred_username"], (string?)first["name"]));
        Assert.Equal(bench.Organization, (string?)first["organization"]!.AsObject().Single().Value!["id"]);
        Assert.Equal("fed", (string?)first["amr"]!.AsArray().Single());
        Assert.Equal((string?)first["sub"], (string?)(await bench.Cli.ExchangeAsync(again)).Claims()["sub"]);
        var member = (await bench.Admin.GetAsync($"/organizations/{bench.Organization}/members")).AsArray().Single()!;
        Assert.Equal("MANAGED", (string?)member["membershipType"]);
        Assert.Equal("Customer", (string?)(await bench.Admin.GetAsync($"/users/{first["sub"]}"))["attributes"]!["title"]![0]);
        Assert.Equal(bench.Alias, (string?)(await bench.Admin.GetAsync($"/users/{first["sub"]}/federated-identity")).AsArray().Single()!["identityProvider"]);
    }

    [Fact]
    public async Task The_address_on_the_login_page_picks_the_provider()
    {
        using var bench = await BrokerBench.StartAsync(servers);
        var email = await bench.PersonThereAsync();
        var login = await bench.Browser.OpenAsync(bench.Cli.AuthorizationUrl());

        var onward = await bench.Browser.SubmitAsync(login, ("username", email), ("company", "yes"));
        var unknown = await bench.Browser.SubmitAsync(login, ("username", "somebody@nowhere.example"), ("company", "yes"));
        var address = new Uri(onward.Link("response_type=code"));

        Assert.Contains("Example Corp", onward.Html, StringComparison.Ordinal);
        Assert.Equal(email, Query(address, "login_hint"));
        Assert.Equal("broker_unknown", unknown.Error);
        var back = await bench.Browser.OpenAsync((await bench.SignInThereAsync(address, email)).ToString());
        Assert.NotNull(back.Answer("code"));
    }

    [Fact]
    public async Task An_account_that_is_there_is_connected_only_with_its_password()
    {
        using var bench = await BrokerBench.StartAsync(servers);
        var email = $"p{Guid.NewGuid():N}@{bench.Domain}";
        var id = await bench.Admin.CreateAsync("/users", new JsonObject
        {
            ["username"] = email,
            ["email"] = email,
            ["emailVerified"] = true,
            ["credentials"] = new JsonArray(new JsonObject { ["type"] = "password", ["value"] = "another good sentence" }),
        });
        await bench.PersonThereAsync(email);

        var question = await bench.SignInAsync(email);
        var wrong = await bench.Browser.SubmitAsync(question, ("password", Person.FirstPassword));
        var unconnected = (await bench.Admin.GetAsync($"/users/{id}/federated-identity")).AsArray().Count;
        var done = await bench.Browser.SubmitAsync(wrong, ("password", "another good sentence"));

        Assert.Contains("kc-link-account-form", question.Html, StringComparison.Ordinal);
        Assert.Equal(("invalid_credentials", 0), (wrong.Error, unconnected));
        Assert.Equal(id, (string?)(await bench.Cli.ExchangeAsync(done)).Claims()["sub"]);
        Assert.Equal(id, (string?)(await bench.Admin.GetAsync($"/organizations/{bench.Organization}/members")).AsArray().Single()!["id"]);
        using var fresh = new Browser(servers.Platform.Url);
        var direct = await fresh.OpenAsync((await bench.SignInThereAsync((await fresh.OpenAsync(bench.Cli.AuthorizationUrl(("kc_idp_hint", bench.Alias)))).LeftFor!, email)).ToString());
        Assert.NotNull(direct.Answer("code"));
        Assert.Equal("stale_page", (await bench.Browser.SubmitAsync(question, ("password", "another good sentence"))).Error);
    }

    [Fact]
    public async Task A_provider_speaks_for_its_organizations_addresses_and_members_only()
    {
        using var bench = await BrokerBench.StartAsync(servers);
        var foreign = await bench.PersonThereAsync($"f{Guid.NewGuid():N}@elsewhere.example");
        Assert.Equal("broker_foreign_email", (await bench.SignInAsync(foreign)).Error);

        using var left = await BrokerBench.StartAsync(servers);
        var email = await left.PersonThereAsync();
        var sub = (string)(await left.Cli.ExchangeAsync(await left.SignInAsync(email))).Claims()["sub"]!;
        await left.Admin.SendAsync(HttpMethod.Delete, $"/organizations/{left.Organization}/members/{sub}");
        await left.Admin.SendAsync(HttpMethod.Post, $"/users/{sub}/logout");
        Assert.Equal("broker_no_member", (await left.SignInAsync(email)).Error);
    }

    [Fact]
    public async Task An_address_that_the_provider_does_not_vouch_for_is_confirmed_by_mail_first()
    {
        using var bench = await BrokerBench.StartAsync(servers, provider => provider["trustEmail"] = false);
        var email = await bench.PersonThereAsync();

        var screen = await bench.SignInAsync(email);

        Assert.Null(screen.LeftFor);
        Assert.Contains("VERIFY_EMAIL", screen.Html, StringComparison.Ordinal);
        Assert.Equal("login_required", (await bench.Browser.OpenAsync(bench.Cli.AuthorizationUrl(("prompt", "none")))).Answer("error"));
    }

    [Fact]
    public async Task What_is_wrong_is_said_in_words()
    {
        using var bench = await BrokerBench.StartAsync(servers);
        var leave = await bench.LeaveAsync();
        var endpoint = new Uri(Query(leave, "redirect_uri"));
        var denied = await bench.Browser.OpenAsync($"{endpoint}?state={Query(leave, "state")}&error=access_denied");
        await bench.ChangeAsync(provider => provider["config"]!["clientSecret"] = "not the secret");
        var email = await bench.PersonThereAsync();
        var refused = await bench.SignInAsync(email);
        await bench.ChangeAsync(provider => (provider["enabled"], provider["linkOnly"]) = (true, true));

        Assert.Equal("broker_denied", denied.Error);
        Assert.Contains("Example Corp was broken off", WebUtility.HtmlDecode(denied.Html), StringComparison.Ordinal);
        Assert.Contains("kc-form-login", denied.Html, StringComparison.Ordinal);
        Assert.Equal("broker_unconfirmed", refused.Error);
        Assert.Equal("broker_not_connected", (await bench.SignInAsync(email)).Error);
    }

    [Fact]
    public async Task A_provider_that_is_removed_opens_nobodys_account_under_its_name_again()
    {
        using var bench = await BrokerBench.StartAsync(servers);
        var email = await bench.PersonThereAsync();
        var sub = (string)(await bench.Cli.ExchangeAsync(await bench.SignInAsync(email))).Claims()["sub"]!;

        Assert.Equal(HttpStatusCode.BadRequest, await bench.ChangeAsync(provider => provider["config"]!["issuer"] = "http://other.example"));
        Assert.Equal(HttpStatusCode.NoContent, await bench.Admin.StatusAsync(HttpMethod.Delete, $"/identity-provider/instances/{bench.Alias}"));
        Assert.Empty((await bench.Admin.GetAsync($"/users/{sub}/federated-identity")).AsArray());
        Assert.Null((await bench.Browser.OpenAsync(bench.Cli.AuthorizationUrl(("kc_idp_hint", bench.Alias), ("prompt", "login")))).LeftFor);
    }

    [Fact]
    public async Task The_secret_is_never_shown_and_stays_where_its_mask_comes_back()
    {
        using var bench = await BrokerBench.StartAsync(servers);
        var shown = (JsonObject)await bench.Admin.GetAsync($"/identity-provider/instances/{bench.Alias}");
        await bench.Admin.SendAsync(HttpMethod.Put, $"/identity-provider/instances/{bench.Alias}", shown);

        Assert.Equal("**********", (string?)shown["config"]!["clientSecret"]);
        Assert.NotNull((await bench.SignInAsync(await bench.PersonThereAsync())).Answer("code"));
        await bench.Admin.SendAsync(HttpMethod.Delete, $"/organizations/{bench.Organization}/identity-providers/{bench.Alias}");
        Assert.False((bool)(await bench.Admin.GetAsync($"/identity-provider/instances/{bench.Alias}"))["enabled"]!);
    }

    [Fact]
    public async Task Signed_out_here_a_person_is_signed_out_at_the_provider_and_comes_back()
    {
        using var bench = await BrokerBench.StartAsync(servers, provider => provider["config"]!["logoutUrl"] = $"{servers.Customer.Issuer}/protocol/openid-connect/logout");
        var email = await bench.PersonThereAsync();
        var tokens = await bench.Cli.ExchangeAsync(await bench.SignInAsync(email));

        var address = new Uri((await LeaveAsync(bench, tokens)).Link("id_token_hint"));
        var isOver = (await bench.Cli.RefreshAsync(tokens)).Error();
        var back = (await bench.Theirs.OpenAsync(address.ToString())).LeftFor!;
        var done = await bench.Browser.OpenAsync(back.ToString());
        var isAsked = await bench.IsAskedThereAsync();

        Assert.Equal(("invalid_grant", true), (isOver, isAsked));
        Assert.Equal($"{servers.Platform.Issuer}/broker/{bench.Alias}/endpoint/logout_response", back.GetLeftPart(UriPartial.Path));
        Assert.Equal((bench.Cli.RedirectUri, "where we were"), (done.LeftFor?.GetLeftPart(UriPartial.Path), done.Answer("state")));
        // Nobody waits for an answer that comes twice.
        Assert.Equal("stale_page", (await bench.Browser.OpenAsync(back.ToString())).Error);
        // A provider that takes it is called, and shown the token that it gave; the browser goes back at once.
        Assert.Equal(HttpStatusCode.NoContent, await bench.ChangeAsync(provider =>
            (provider["config"]!["logoutUrl"], provider["config"]!["backchannelSupported"]) = ($"{servers.Customer.Issuer}/protocol/openid-connect/logout", "true")));
        var called = await LeaveAsync(bench, await bench.Cli.ExchangeAsync(await bench.SignInAsync(email)));
        Assert.Equal("where we were", called.Answer("state"));
        Assert.True(await bench.IsAskedThereAsync());
        Assert.Equal(HttpStatusCode.BadRequest, await bench.ChangeAsync(provider => provider["config"]!["logoutUrl"] = "not an address"));
    }

    [Fact]
    public async Task Signed_out_at_the_provider_a_person_is_signed_out_here_in_the_session_that_it_names()
    {
        using var bench = await BrokerBench.StartAsync(servers);
        using var elsewhere = new Browser(servers.Platform.Url);
        using var theirs = new Browser(servers.Customer.Url);
        var email = await bench.PersonThereAsync();
        await bench.SignInAsync(email);
        var leave = await elsewhere.OpenAsync(bench.Cli.AuthorizationUrl(("kc_idp_hint", bench.Alias)));
        await elsewhere.OpenAsync((await theirs.SignInAsync(await theirs.OpenAsync(leave.LeftFor!.ToString()), email, Person.FirstPassword)).LeftFor!.ToString());

        await bench.Theirs.SubmitAsync(await bench.Theirs.OpenAsync($"{servers.Customer.Issuer}/protocol/openid-connect/logout"));

        await Eventually.True(() => bench.IsOutAsync());
        Assert.False(await bench.IsOutAsync(elsewhere));
    }

    private static Task<Screen> LeaveAsync(BrokerBench bench, JsonObject tokens) => bench.Browser.OpenAsync(
        bench.Cli.LogoutUrl(("id_token_hint", (string)tokens["id_token"]!), ("post_logout_redirect_uri", bench.Cli.RedirectUri), ("state", "where we were")));

    internal static string Query(Uri address, string name) => System.Web.HttpUtility.ParseQueryString(address.Query)[name]!;
}
