using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Automation.Tests.Harness;
using Platform.Automation.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Automation.Tests.Signups;

public sealed class SignupFacts(ImpatientFixture automation) : IClassFixture<ImpatientFixture>
{
    private static readonly Uri Door = new("/api/v1/automation/signups", UriKind.Relative);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_company_signs_up_without_a_token_and_its_administrator_gets_a_mail()
    {
        var form = new Form("works.example") { DemoData = true, Modules = ["contacts", "deals"] };
        var begun = await PostAsync(form);
        var ended = await UntilEndedAsync(begun);
        Assert.Equal(("PROCESS_STATUS_COMPLETED", ""), (Text(ended, "status"), Text(ended, "error")));

        var (organization, document) = automation.Keycloak.Organizations.Single(found => (string?)found.Value["alias"] == form.Slug);
        var (user, account) = automation.Keycloak.Users.Single(found => (string?)found.Value["email"] == form.AdminEmail);
        Assert.Equal((form.CompanyName, "Ada", "Lovelace"), ((string?)document["description"], (string?)account["firstName"], (string?)account["lastName"]));
        Assert.True(automation.Keycloak.Members.ContainsKey((organization, user)));
        Assert.Contains($"{form.AdminEmail} VERIFY_EMAIL UPDATE_PASSWORD", automation.Keycloak.Mails);

        var provisioned = automation.World.Tenants[Guid.Parse(organization)];
        Assert.Equal((form.Slug, "EUR", "DE", user), (provisioned.Tenant.Slug, provisioned.Tenant.Currency, provisioned.Tenant.Address.Country, provisioned.Administrator.UserId));
        Assert.Equal(["administrator"], provisioned.Administrator.Roles);
        Assert.Equal(["contacts", "deals"], provisioned.Tenant.Modules);
        var made = automation.World.Calls.Where(call => call.Tenant == Guid.Parse(organization)).Select(call => call.Method).ToList();
        Assert.Equal((3, 3, 3), (made.Count(method => method == "CreateCompany"), made.Count(method => method == "CreatePerson"), made.Count(method => method == "CreateDeal")));
        Assert.Equal("create-organization create-administrator join-organization create-tenant check-storage load-demo-data send-welcome", await StepsAsync(begun));
    }

    [Fact]
    public async Task Who_asked_is_told_to_nobody_and_forgotten_at_the_end()
    {
        var form = new Form("works.example");
        var begun = await PostAsync(form);
        var ended = await UntilEndedAsync(begun);
        Assert.DoesNotContain(form.AdminEmail, ended.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0L, await automation.Database.QueryAsync<long>($"SELECT count(*) FROM signups WHERE signups::text LIKE '%{form.AdminEmail}%'"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Id(begun)[..^1] + (Id(begun)[^1] == '0' ? '1' : '0')));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("nothing"));
    }

    [Fact]
    public async Task The_same_form_twice_is_one_sign_up_and_another_one_of_the_same_address_waits()
    {
        var form = new Form("works.example");
        automation.World.Interrupt("ProvisionTenant", 1);
        var (first, second) = (await PostAsync(form), await PostAsync(form));
        Assert.Equal(Id(first), Id(second));
        using var other = await SendAsync(form with { Slug = "other-" + form.Slug[..8] });
        Assert.Equal((HttpStatusCode.Conflict, "SIGNUP_RUNNING"), (other.StatusCode, Text(await other.Content.ReadFromJsonAsync<JsonElement>(Token), "code")));
        await UntilEndedAsync(first);
        Assert.Single(automation.Keycloak.Organizations.Values, found => (string?)found["alias"] == form.Slug);
    }

    [Theory]
    [InlineData("broken.example")]
    [InlineData("nomember.example")]
    [InlineData("notenant.example")]
    [InlineData("nostorage.example")]
    [InlineData("nomail.example")]
    public async Task A_sign_up_that_fails_at_any_step_leaves_nothing(string domain)
    {
        var form = new Form(domain);
        var ended = await UntilEndedAsync(await PostAsync(form));
        Assert.Equal(("PROCESS_STATUS_COMPENSATED", "SIGNUP_FAILED"), (Text(ended, "status"), Text(ended, "error")));
        Assert.DoesNotContain(automation.Keycloak.Organizations.Values, found => (string?)found["alias"] == form.Slug);
        Assert.DoesNotContain(automation.Keycloak.Users.Values, found => (string?)found["email"] == form.AdminEmail);
        Assert.DoesNotContain(automation.World.Tenants.Values, found => found.Tenant.Slug == form.Slug);
        // The door is open again.
        Assert.NotEqual(Id(ended), Id(await PostAsync(form)));
    }

    [Fact]
    public async Task What_is_somebody_elses_is_not_taken_and_not_touched()
    {
        var first = new Form("works.example");
        await UntilEndedAsync(await PostAsync(first));
        var sameSlug = new Form("works.example") { Slug = first.Slug };
        Assert.Equal("SIGNUP_TAKEN", Text(await UntilEndedAsync(await PostAsync(sameSlug)), "error"));
        Assert.Single(automation.Keycloak.Organizations.Values, found => (string?)found["alias"] == first.Slug);

        var known = new Form("known.example");
        var user = automation.Keycloak.AddUser(known.AdminEmail, TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1));
        var ended = await UntilEndedAsync(await PostAsync(known));
        Assert.Equal(("PROCESS_STATUS_COMPENSATED", "SIGNUP_TAKEN"), (Text(ended, "status"), Text(ended, "error")));
        Assert.True(automation.Keycloak.Users.ContainsKey(user));
        Assert.DoesNotContain(automation.Keycloak.Organizations.Values, found => (string?)found["alias"] == known.Slug);
    }

    [Theory]
    [InlineData("companyName", " ")]
    [InlineData("slug", "Big_Company")]
    [InlineData("country", "Germany")]
    [InlineData("currency", "EURO")]
    [InlineData("adminName", "")]
    [InlineData("adminEmail", "nobody")]
    public async Task A_wrong_value_is_refused_by_field(string field, string value)
    {
        var body = JsonSerializer.SerializeToNode(new Form("works.example"), JsonSerializerOptions.Web)!.AsObject();
        body[field] = value;
        using var client = automation.Rest(null);
        using var response = await client.PostAsJsonAsync(Door, body, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal($"signup.{field}", (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_company_that_is_gone_takes_its_organization_and_the_accounts_of_nobody_else_along()
    {
        var tenant = Guid.CreateVersion7().ToString();
        var (only, shared) = (automation.Keycloak.AddUser("only@gone.example", default), automation.Keycloak.AddUser("shared@gone.example", default));
        automation.Keycloak.Organizations[tenant] = new() { ["id"] = tenant, ["alias"] = "gone", ["attributes"] = new System.Text.Json.Nodes.JsonObject { ["signup"] = new System.Text.Json.Nodes.JsonArray("none") } };
        foreach (var member in new[] { (tenant, only), (tenant, shared), ("other", shared) })
            automation.Keycloak.Members[member] = true;
        var (own, others) = ($"app-{Guid.Parse(tenant):N}-{Guid.NewGuid():N}", $"app-{Guid.NewGuid():N}-{Guid.Parse(tenant):N}");
        automation.Keycloak.AddClient(own);
        automation.Keycloak.AddClient(others);
        (automation.Keycloak.Providers[$"idp-of-{tenant}"], automation.Keycloak.Providers[$"beside-{tenant}"]) = (tenant, "other");
        Assert.Equal("SUCCESS", await automation.DeliverAsync(Guid.Parse(tenant), new TenantPurged { Slug = "gone" }));
        Assert.Equal("SUCCESS", await automation.DeliverAsync(Guid.Parse(tenant), new TenantPurged()));
        Assert.False(automation.Keycloak.Organizations.ContainsKey(tenant));
        Assert.False(automation.Keycloak.Users.ContainsKey(only));
        Assert.True(automation.Keycloak.Users.ContainsKey(shared));
        var clients = automation.Keycloak.Clients.Values.Select(client => (string?)client["clientId"]).ToList();
        Assert.DoesNotContain(own, clients);
        Assert.Contains(others, clients);
        Assert.Equal([$"beside-{tenant}"], automation.Keycloak.Providers.Keys.Where(alias => alias.EndsWith(tenant, StringComparison.Ordinal)));
    }

    private async Task<JsonElement> PostAsync(Form form)
    {
        using var response = await SendAsync(form);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
        return await response.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private async Task<HttpResponseMessage> SendAsync(Form form)
    {
        using var client = automation.Rest(null);
        return await client.PostAsJsonAsync(Door, form, Token);
    }

    private async Task<JsonElement> UntilEndedAsync(JsonElement begun)
    {
        JsonElement signup = default;
        using var client = automation.Rest(null);
        await Eventually.HoldsAsync(async () =>
        {
            signup = await client.GetFromJsonAsync<JsonElement>($"{Door}/{Id(begun)}", Token);
            return Text(signup, "status") != "PROCESS_STATUS_RUNNING";
        }, TimeSpan.FromSeconds(40));
        return signup;
    }

    private async Task<HttpStatusCode> StatusAsync(string id)
    {
        using var client = automation.Rest(null);
        using var response = await client.GetAsync(new Uri($"{Door}/{id}", UriKind.Relative), Token);
        return response.StatusCode;
    }

    private Task<string> StepsAsync(JsonElement signup) => automation.Database.QueryAsync<string>(
        $"SELECT string_agg(s.name, ' ' ORDER BY s.id) FROM process_steps s JOIN processes p ON p.tenant_id = s.tenant_id AND p.id = s.process_id WHERE p.subject_id = '{Guid.ParseExact(Id(signup).Split('-')[1], "N")}'");

    private static string Id(JsonElement signup) => Text(signup, "id");

    private static string Text(JsonElement document, string name) => document.TryGetProperty(name, out var value) ? value.GetString()! : "";

    private sealed record Form
    {
        public Form(string domain) => AdminEmail = $"{Guid.NewGuid():N}@{domain}";

        public string CompanyName { get; init; } = "Analytical Engines";

        public string Slug { get; init; } = $"e{Guid.NewGuid():N}"[..20];

        public string Country { get; init; } = "DE";

        public string Currency { get; init; } = "EUR";

        public string AdminName { get; init; } = "Ada Lovelace";

        public string AdminEmail { get; init; }

        public bool DemoData { get; init; }

        public string[] Modules { get; init; } = [];
    }
}
