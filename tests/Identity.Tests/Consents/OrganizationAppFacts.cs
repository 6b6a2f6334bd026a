using System.Net;
using System.Text.Json.Nodes;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Consents;

/// <summary>An application that an organization registered, as the platform registers it.</summary>
public sealed class OrganizationAppFacts(SharedProvider provider) : IDisposable
{
    private const string Redirect = "https://shop.example/callback";
    private readonly Browser _browser = new(provider.Identity.Url);
    private readonly Provisioning _admin = new(provider.Identity.Url);

    [Fact]
    public async Task Whoever_is_asked_sees_the_application_its_organization_and_where_it_leads()
    {
        var (person, organization) = await MemberAsync();
        var (app, _) = await RegisterAsync(organization);
        using var _ = app;

        var question = await AskAsync(app, person, "openid contacts.read");
        var tokens = await app.ExchangeAsync(await _browser.SubmitAsync(question, ("accept", "yes")));
        var page = await _browser.OpenAsync($"{provider.Identity.Issuer}/account/applications");

        Assert.Contains("Shop connector", question.Html, StringComparison.Ordinal);
        Assert.Contains("See your contacts", question.Html, StringComparison.Ordinal);
        Assert.Contains("<strong>Company of facts</strong>", question.Html, StringComparison.Ordinal);
        Assert.Contains("<strong>shop.example</strong>", question.Html, StringComparison.Ordinal);
        Assert.Contains(organization, tokens.Claims()["organization"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(tokens.Claims()["realm_access"]);
        Assert.Contains("Company of facts", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_of_another_organization_gets_in()
    {
        var (_, organization) = await MemberAsync();
        var (stranger, _) = await MemberAsync();
        var (app, _) = await RegisterAsync(organization);
        using var _ = app;

        Assert.Equal("access_denied", (await AskAsync(app, stranger, "openid contacts.read")).Answer("error"));
    }

    [Fact]
    public async Task A_person_of_several_organizations_is_not_asked_which_one()
    {
        var (person, organization) = await MemberAsync();
        await _admin.OrganizationAsync(null, person);
        var (app, _) = await RegisterAsync(organization);
        using var _ = app;

        var question = await AskAsync(app, person, "openid contacts.read");
        var claims = (await app.ExchangeAsync(await _browser.SubmitAsync(question, ("accept", "yes")))).Claims();
        var other = await _browser.OpenAsync(app.AuthorizationUrl(("scope", "openid organization:acme contacts.read")));

        Assert.Equal(organization, (string?)claims["organization"]!.AsObject().Single().Value!["id"]);
        Assert.Equal("access_denied", other.Answer("error"));
    }

    [Fact]
    public async Task What_is_switched_off_gets_no_tokens_until_it_is_on_again()
    {
        var (person, organization) = await MemberAsync();
        var (app, key) = await RegisterAsync(organization);
        using var _ = app;
        var tokens = await app.ExchangeAsync(await _browser.SubmitAsync(await AskAsync(app, person, "openid contacts.read"), ("accept", "yes")));

        await _admin.SendAsync(HttpMethod.Put, $"/clients/{key}", new JsonObject { ["enabled"] = false });
        Assert.Equal("invalid_client", (await app.RefreshAsync(tokens)).Error());
        Assert.Equal(400, (await _browser.OpenAsync(app.AuthorizationUrl(("scope", "openid contacts.read")))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.GetAsync("userinfo", tokens.Access())).StatusCode);
        await _admin.SendAsync(HttpMethod.Put, $"/clients/{key}", new JsonObject { ["enabled"] = true });

        Assert.NotNull((await _browser.OpenAsync(app.AuthorizationUrl(("scope", "openid contacts.read")))).Answer("code"));
        Assert.NotNull((await app.RefreshAsync(tokens)).Error());
    }

    [Fact]
    public async Task The_account_for_applications_manages_clients_and_providers_and_reads_consents_and_changes_nobody()
    {
        using var account = new Application(provider.Identity.Issuer, "platform-applications", IdentityProcess.ApplicationsSecret, "");
        var token = (await account.TokenAsync(("grant_type", "client_credentials"))).Access();
        var (person, _) = await MemberAsync();

        Assert.Equal(HttpStatusCode.OK, (await _admin.SendAsync(HttpMethod.Get, $"/users/{person.Id}/consents", null, token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _admin.SendAsync(HttpMethod.Get, "/clients", null, token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _admin.SendAsync(HttpMethod.Get, "/identity-provider/instances", null, token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _admin.SendAsync(HttpMethod.Put, $"/users/{person.Id}", new JsonObject { ["enabled"] = false }, token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _admin.SendAsync(HttpMethod.Delete, $"/users/{person.Id}", null, token)).StatusCode);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _admin.Dispose();
    }

    private async Task<(Person Person, string Organization)> MemberAsync()
    {
        var person = await _admin.PersonAsync();
        var id = await _admin.OrganizationAsync(null, person);
        await _admin.SendAsync(HttpMethod.Put, $"/organizations/{id}", new JsonObject { ["description"] = "Company of facts" });
        return (person, id);
    }

    private async Task<(Application App, string Key)> RegisterAsync(string organization)
    {
        var id = $"app-{Guid.Parse(organization):N}-{Guid.NewGuid():N}";
        var key = await _admin.CreateAsync("/clients", new JsonObject
        {
            ["clientId"] = id,
            ["name"] = "Shop connector",
            ["publicClient"] = true,
            ["consentRequired"] = true,
            ["fullScopeAllowed"] = false,
            ["redirectUris"] = new JsonArray(Redirect),
            ["attributes"] = new JsonObject { ["pkce.code.challenge.method"] = "S256", ["platform.tenant"] = organization },
            ["defaultClientScopes"] = new JsonArray("acr", "basic", "profile", "organization", "platform-api"),
            ["optionalClientScopes"] = new JsonArray("contacts.read"),
        });
        return (new Application(provider.Identity.Issuer, id, null, Redirect), key);
    }

    private async Task<Screen> AskAsync(Application app, Person person, string scope) =>
        await _browser.SignInAsync(await _browser.OpenAsync(app.AuthorizationUrl(("scope", scope))), person.Email, Person.FirstPassword);
}
