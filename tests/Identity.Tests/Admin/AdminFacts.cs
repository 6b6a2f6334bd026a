using System.Net;
using System.Text.Json.Nodes;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Admin;

public sealed class AdminFacts(SharedProvider provider) : IDisposable
{
    private readonly Browser _browser = new(provider.Identity.Url);
    private readonly Application _cli = Application.Cli(provider.Identity);
    private readonly Provisioning _admin = new(provider.Identity.Url);

    [Fact]
    public async Task A_member_of_a_new_organization_signs_in_to_it()
    {
        var person = await _admin.PersonAsync();
        var id = await _admin.OrganizationAsync(null, person);
        var alias = (string)(await _admin.GetAsync($"/organizations/{id}"))["alias"]!;

        var tokens = await _cli.SignInAsync(_browser, person.Email, Person.FirstPassword);
        var members = (await _admin.GetAsync($"/organizations/{id}/members")).AsArray();
        await _admin.SendAsync(HttpMethod.Delete, $"/organizations/{id}/members/{person.Id}");
        var without = await _cli.RefreshAsync(tokens);

        Assert.Equal(id, (string?)tokens.Claims()["organization"]![alias]!["id"]);
        Assert.Equal(person.Id, (string?)members.Single()!["id"]);
        Assert.Equal("UNMANAGED", (string?)members.Single()!["membershipType"]);
        Assert.Null(without.Claims()["organization"]);
    }

    [Fact]
    public async Task An_organization_is_found_changed_and_removed()
    {
        var id = await _admin.OrganizationAsync(new JsonObject { ["plan"] = new JsonArray("small") });
        var name = (string)(await _admin.GetAsync($"/organizations/{id}"))["name"]!;

        Assert.Equal(id, (string?)(await _admin.GetAsync($"/organizations?search={name}&exact=true")).AsArray().Single()!["id"]);
        Assert.Equal(HttpStatusCode.Conflict, await _admin.StatusAsync(HttpMethod.Post, "/organizations", new JsonObject { ["name"] = name }));
        Assert.Equal(HttpStatusCode.NoContent, await _admin.StatusAsync(HttpMethod.Put, $"/organizations/{id}", new JsonObject { ["description"] = "changed" }));
        Assert.Equal("changed", (string?)(await _admin.GetAsync($"/organizations/{id}"))["description"]);
        Assert.Equal("small", (string?)(await _admin.GetAsync($"/organizations/{id}"))["attributes"]!["plan"]![0]);
        Assert.Equal(HttpStatusCode.NoContent, await _admin.StatusAsync(HttpMethod.Delete, $"/organizations/{id}"));
        Assert.Equal(HttpStatusCode.NotFound, await _admin.StatusAsync(HttpMethod.Get, $"/organizations/{id}"));
    }

    [Fact]
    public async Task An_invited_person_chooses_a_password_by_the_mailed_link_and_is_a_member()
    {
        var id = await _admin.OrganizationAsync(null);
        var email = $"invited{Guid.NewGuid():N}@people.example";
        await PostFormAsync($"/organizations/{id}/members/invite-user", ("email", email), ("firstName", "Ivy"), ("lastName", "Invited"));

        var confirm = await _browser.OpenAsync(await provider.Inbox.LinkAsync(email));
        var password = await _browser.SubmitAsync(confirm);
        var done = await _browser.SubmitAsync(password, ("password-new", "the first of my own"), ("password-confirm", "the first of my own"));
        var tokens = await _cli.SignInAsync(_browser, email, "the first of my own");

        Assert.Contains("kc-verify-email-form", confirm.Html, StringComparison.Ordinal);
        Assert.Contains("kc-passwd-update-form", password.Html, StringComparison.Ordinal);
        Assert.Contains("data-done=\"steps\"", done.Html, StringComparison.Ordinal);
        Assert.Single(tokens.Claims()["organization"]!.AsObject());
    }

    [Fact]
    public async Task An_administrator_sends_what_a_person_has_to_do()
    {
        var person = await _admin.PersonAsync();
        var status = await _admin.StatusAsync(HttpMethod.Put, $"/users/{person.Id}/execute-actions-email?client_id=platform-web&lifespan=3600", new JsonArray("UPDATE_PASSWORD"));
        var page = await _browser.OpenAsync(await provider.Inbox.LinkAsync(person.Email));

        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Contains("kc-passwd-update-form", page.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await _admin.StatusAsync(HttpMethod.Put, $"/users/{person.Id}/execute-actions-email", new JsonArray("DANCE")));
    }

    [Fact]
    public async Task A_password_that_an_administrator_sets_follows_the_policy_and_may_be_for_once()
    {
        var person = await _admin.PersonAsync();
        var tokens = await _cli.SignInAsync(_browser, person.Email, Person.FirstPassword);
        JsonObject Password(string value) => new() { ["type"] = "password", ["value"] = value, ["temporary"] = true };

        var weak = await _admin.StatusAsync(HttpMethod.Put, $"/users/{person.Id}/reset-password", Password("short"));
        var good = await _admin.StatusAsync(HttpMethod.Put, $"/users/{person.Id}/reset-password", Password("only for the first time"));
        using var later = new Browser(provider.Identity.Url);
        var page = await later.SignInAsync(await later.OpenAsync(_cli.AuthorizationUrl()), person.Email, "only for the first time");

        Assert.Equal(HttpStatusCode.BadRequest, weak);
        Assert.Equal(HttpStatusCode.NoContent, good);
        Assert.Equal("invalid_grant", (await _cli.RefreshAsync(tokens)).Error());
        Assert.Contains("kc-passwd-update-form", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_are_found_changed_switched_off_and_removed()
    {
        var person = await _admin.PersonAsync();
        var tokens = await _cli.SignInAsync(_browser, person.Email, Person.FirstPassword);

        Assert.Equal(person.Id, (string?)(await _admin.GetAsync($"/users?email={person.Email}&exact=true")).AsArray().Single()!["id"]);
        Assert.Equal(HttpStatusCode.Conflict, await _admin.StatusAsync(HttpMethod.Post, "/users", new JsonObject { ["username"] = person.Email }));
        Assert.Equal(HttpStatusCode.NoContent, await _admin.StatusAsync(HttpMethod.Put, $"/users/{person.Id}", new JsonObject { ["enabled"] = false }));
        Assert.Equal("invalid_grant", (await _cli.RefreshAsync(tokens)).Error());
        Assert.Equal("invalid_credentials", (await _browser.SignInAsync(await _browser.OpenAsync(_cli.AuthorizationUrl()), person.Email, Person.FirstPassword)).Error);
        Assert.Equal(HttpStatusCode.NoContent, await _admin.StatusAsync(HttpMethod.Delete, $"/users/{person.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, await _admin.StatusAsync(HttpMethod.Get, $"/users/{person.Id}"));
    }

    [Fact]
    public async Task Roles_and_credentials_cannot_be_slipped_into_a_new_person()
    {
        var email = $"m{Guid.NewGuid():N}@people.example";
        var id = await _admin.CreateAsync("/users", new JsonObject
        {
            ["id"] = "0190ac3e-0000-7000-8000-0000000000a1",
            ["username"] = email,
            ["realmRoles"] = new JsonArray("admin"),
            ["clientRoles"] = new JsonObject { ["realm-management"] = new JsonArray("realm-admin") },
            ["serviceAccountClientId"] = "platform-automation",
            ["credentials"] = new JsonArray(new JsonObject { ["type"] = "password", ["value"] = Person.FirstPassword }),
        });

        var claims = (await _cli.SignInAsync(_browser, email, Person.FirstPassword)).Claims();

        Assert.NotEqual("0190ac3e-0000-7000-8000-0000000000a1", id);
        Assert.Null(claims["resource_access"]);
        Assert.DoesNotContain("admin", claims["realm_access"]!["roles"]!.AsArray().Select(role => (string?)role));
    }

    [Fact]
    public async Task A_registered_application_signs_people_in_with_consent_until_it_is_removed()
    {
        var id = $"app-{Guid.NewGuid():N}";
        var key = await _admin.CreateAsync("/clients", App(id));
        var secret = (string)(await _admin.GetAsync($"/clients/{key}/client-secret"))["value"]!;
        using var app = new Application(provider.Identity.Issuer, id, secret, "https://app.example/callback");
        var person = await _admin.PersonAsync();
        var question = await _browser.SignInAsync(await _browser.OpenAsync(app.AuthorizationUrl(("scope", "openid deals.read"))), person.Email, Person.FirstPassword);
        var tokens = await app.ExchangeAsync(await _browser.SubmitAsync(question, ("accept", "yes")));

        Assert.Contains("deals.read", (string?)tokens.Claims()["scope"], StringComparison.Ordinal);
        Assert.Equal("invalid_scope", (await _browser.OpenAsync(app.AuthorizationUrl(("scope", "openid finance.write")))).Answer("error"));
        Assert.Equal(HttpStatusCode.NoContent, await _admin.StatusAsync(HttpMethod.Delete, $"/clients/{key}"));
        Assert.Equal("invalid_client", (await app.RefreshAsync(tokens)).Error());
        Assert.Equal(400, (await _browser.OpenAsync(app.AuthorizationUrl())).Status);
        Assert.Empty((await _admin.GetAsync($"/users/{person.Id}/consents")).AsArray());
    }

    [Fact]
    public async Task An_applications_secret_is_replaced_and_its_addresses_are_checked()
    {
        var id = $"app-{Guid.NewGuid():N}";
        var key = await _admin.CreateAsync("/clients", App(id));
        var former = (string)(await _admin.GetAsync($"/clients/{key}/client-secret"))["value"]!;
        var answer = await _admin.SendAsync(HttpMethod.Post, $"/clients/{key}/client-secret");
        var fresh = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["value"]!;
        using var old = new Application(provider.Identity.Issuer, id, former, "https://app.example/callback");
        using var current = new Application(provider.Identity.Issuer, id, fresh, "https://app.example/callback");

        Assert.Equal("invalid_client", (await old.TokenAsync(("grant_type", "refresh_token"), ("refresh_token", "x"))).Error());
        Assert.Equal("invalid_grant", (await current.TokenAsync(("grant_type", "refresh_token"), ("refresh_token", "x"))).Error());
        Assert.Equal(HttpStatusCode.BadRequest, await _admin.StatusAsync(HttpMethod.Put, $"/clients/{key}", new JsonObject { ["redirectUris"] = new JsonArray("https://*") }));
        Assert.Equal(HttpStatusCode.BadRequest, await _admin.StatusAsync(HttpMethod.Put, $"/clients/{key}", new JsonObject { ["redirectUris"] = "https://app.example" }));
        Assert.Equal(HttpStatusCode.Conflict, await _admin.StatusAsync(HttpMethod.Post, "/clients", App(id)));
        Assert.Null((await _admin.GetAsync($"/clients?clientId={id}")).AsArray().Single()!["secret"]);
    }

    [Fact]
    public async Task An_applications_scopes_are_given_and_taken()
    {
        var id = $"app-{Guid.NewGuid():N}";
        var key = await _admin.CreateAsync("/clients", App(id));
        var scopes = (await _admin.GetAsync("/client-scopes")).AsArray();
        var write = (string)scopes.Single(scope => (string?)scope!["name"] == "deals.write")!["id"]!;

        await _admin.SendAsync(HttpMethod.Put, $"/clients/{key}/optional-client-scopes/{write}");
        var given = await NamesAsync();
        await _admin.SendAsync(HttpMethod.Delete, $"/clients/{key}/optional-client-scopes/{write}");

        Assert.Contains("deals.write", given);
        Assert.DoesNotContain("deals.write", await NamesAsync());

        async Task<List<string?>> NamesAsync() =>
            [.. (await _admin.GetAsync($"/clients/{key}/optional-client-scopes")).AsArray().Select(scope => (string?)scope!["name"])];
    }

    [Theory]
    [InlineData("GET", "/users")]
    [InlineData("POST", "/users")]
    [InlineData("GET", "/organizations")]
    [InlineData("POST", "/organizations")]
    [InlineData("GET", "/clients")]
    [InlineData("POST", "/clients")]
    [InlineData("GET", "/client-scopes")]
    [InlineData("GET", "/events")]
    [InlineData("DELETE", "/events")]
    [InlineData("PUT", "/users/0190ac3e-0000-7000-8000-0000000000a1/reset-password")]
    [InlineData("POST", "/users/0190ac3e-0000-7000-8000-0000000000a1/logout")]
    [InlineData("GET", "/users/0190ac3e-0000-7000-8000-0000000000a1/credentials")]
    public async Task Nobody_else_may_use_the_admin_api(string method, string path)
    {
        var person = await _cli.SignInAsync(_browser, "alice@acme.example");
        using var automation = Application.Automation(provider.Identity);
        var service = await automation.TokenAsync(("grant_type", "client_credentials"));
        var anonymous = await _admin.SendAsync(new HttpMethod(method), path, null, "nothing");

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _admin.SendAsync(new HttpMethod(method), path, null, (string)person["id_token"]!)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _admin.SendAsync(new HttpMethod(method), path, null, person.Access())).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _admin.SendAsync(new HttpMethod(method), path, null, service.Access())).StatusCode);
    }

    [Fact]
    public async Task What_was_made_survives_a_restart()
    {
        await using var identity = await IdentityProcess.StartAsync();
        using var admin = new Provisioning(identity.Url);
        using var browser = new Browser(identity.Url);
        using var cli = Application.Cli(identity);
        var person = await admin.PersonAsync();
        var organization = await admin.OrganizationAsync(null, person);
        var id = $"app-{Guid.NewGuid():N}";
        var key = await admin.CreateAsync("/clients", App(id));
        await admin.SendAsync(HttpMethod.Delete, "/organizations/01909106-0000-7000-8000-000000000002");
        await admin.SendAsync(HttpMethod.Put, "/users/0190ac3e-0000-7000-8000-0000000000a1", new JsonObject { ["lastName"] = "Changed" });

        await identity.RestartAsync();
        var claims = (await cli.SignInAsync(browser, person.Email, Person.FirstPassword)).Claims();

        Assert.Contains(organization, claims["organization"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(id, (string?)(await admin.GetAsync($"/clients/{key}"))["clientId"]);
        Assert.Equal(HttpStatusCode.NotFound, await admin.StatusAsync(HttpMethod.Get, "/organizations/01909106-0000-7000-8000-000000000002"));
        Assert.Equal("Changed", (string?)(await admin.GetAsync("/users/0190ac3e-0000-7000-8000-0000000000a1"))["lastName"]);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _cli.Dispose();
        _admin.Dispose();
    }

    private static JsonObject App(string id) => new()
    {
        ["clientId"] = id,
        ["name"] = "An application",
        ["publicClient"] = false,
        ["consentRequired"] = true,
        ["fullScopeAllowed"] = true,
        ["redirectUris"] = new JsonArray("https://app.example/callback"),
        ["attributes"] = new JsonObject { ["pkce.code.challenge.method"] = "S256" },
        ["defaultClientScopes"] = new JsonArray("acr", "basic", "profile", "organization", "platform-api"),
        ["optionalClientScopes"] = new JsonArray("deals.read"),
    };

    private async Task PostFormAsync(string path, params (string Name, string Value)[] fields)
    {
        using var automation = new Application(provider.Identity.Issuer, "platform-provisioning", IdentityProcess.ProvisioningSecret, "");
        var token = (await automation.TokenAsync(("grant_type", "client_credentials"))).Access();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        (await http.PostAsync(new Uri($"{provider.Identity.Url}/admin/realms/platform{path}"), content)).EnsureSuccessStatusCode();
    }
}
