using System.Net.Http.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>A person of two companies, who goes from one to the other within a browser's session.</summary>
public sealed class OrganizationFacts(RunningStack stack)
{
    private const string Password = "a sentence for two companies";
    private const string Tenant = "/api/v1/tenants/current";

    private static readonly string[] Roles = ["viewer"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_of_two_companies_changes_from_one_to_the_other()
    {
        var email = await PersonOfBothAsync();
        using var browser = WebBrowser.Open(stack.Gateway);
        var (_, choice) = await browser.VisitAsync("/bff/login?returnUrl=/sessions", email, Password);
        await ChooseAsync(browser, choice, "acme");
        Assert.Equal("Acme", await CompanyAsync(browser));

        using var switched = await browser.ChangeAsync(HttpMethod.Post, "/bff/organization", new { organization = "globex", returnUrl = "/sessions" });
        var location = (await switched.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Token)).GetProperty("location").GetString()!;
        var (address, page) = await browser.VisitAsync(location);
        Assert.Equal((stack.Gateway.Authority, "/sessions"), (address.Authority, address.AbsolutePath));
        Assert.Contains("This browser", page, StringComparison.Ordinal);
        Assert.Equal("Globex", await CompanyAsync(browser));

        // Without a name the person is asked again.
        var (_, again) = await browser.PressAsync("/sessions", "/organization", ("organization", ""));
        await ChooseAsync(browser, again, "acme");
        Assert.Equal("Acme", await CompanyAsync(browser));
    }

    private static async Task<string?> CompanyAsync(WebBrowser browser) => (await browser.GetAsync(Tenant)).GetProperty("displayName").GetString();

    private Task<(Uri, string)> ChooseAsync(WebBrowser browser, string page, string alias) =>
        browser.VisitAsync(new Uri(stack.Identity, WebBrowser.LinkIn(page, $"organization%3A{alias}")).ToString());

    private async Task<string> PersonOfBothAsync()
    {
        var email = $"both-{Guid.NewGuid():N}@people.example";
        using var admin = await stack.HttpForProvisioningAsync();
        using var created = await admin.PostAsJsonAsync("users", new
        {
            username = email,
            email,
            emailVerified = true,
            enabled = true,
            firstName = "Bo",
            lastName = "Both",
            credentials = new[] { new { type = "password", value = Password, temporary = false } },
        }, Token);
        var id = created.EnsureSuccessStatusCode().Headers.Location!.Segments[^1];
        foreach (var (tenant, boss) in new[] { (TestTenants.Acme, await stack.HttpForAliceAsync()), (TestTenants.Globex, await stack.HttpForGregAsync()) })
        {
            using (boss)
            {
                (await admin.PostAsJsonAsync($"organizations/{tenant}/members", id, Token)).EnsureSuccessStatusCode();
                (await boss.PostAsJsonAsync($"{Tenant}/members", new { userId = id, email, displayName = "Bo Both", roles = Roles }, Token)).EnsureSuccessStatusCode();
            }
        }

        return email;
    }
}
