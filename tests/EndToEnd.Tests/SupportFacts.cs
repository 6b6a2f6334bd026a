using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Demo;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Somebody of the operator's helps a company: asked for, let in, shown out, and all of it written down.</summary>
public sealed class SupportFacts(RunningStack stack)
{
    private const string Pat = "01909100-0000-7000-8000-0000000000d1";
    private const string Grants = "/api/v1/tenants/current/support-grants";
    private const string People = "/api/v1/contacts/people";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_support_person_is_let_in_by_the_administrator_and_shown_out_at_once()
    {
        using var greg = await stack.HttpForGregAsync();
        using var pat = stack.HttpWith(await SignIn.GetTokenAsync(stack.Identity, "pat@platform.example", "demo", Token));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(pat, People));
        pat.DefaultRequestHeaders.Add("x-tenant-id", TestTenants.Globex.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(pat, People));

        var grant = await PostAsync(pat, Grants, new { reason = "Ticket 4711: an import hangs", duration = "3600s" });
        var id = grant.GetProperty("id").GetString();
        Assert.Equal(("SUPPORT_GRANT_STATE_REQUESTED", "Pat Porter"), (grant.GetProperty("state").GetString(), grant.GetProperty("supportName").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(pat, People));
        await PostAsync(greg, $"{Grants}/{id}:approve", new { role = "support" });
        await Eventually.HoldsAsync(async () => await StatusAsync(pat, People) == HttpStatusCode.OK);
        var person = await PostAsync(pat, People, new { lastName = $"Helped {Guid.NewGuid():N}" });
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(pat, "/api/v1/finance/invoices"));

        await PostAsync(greg, $"{Grants}/{id}:revoke", new { });
        await Eventually.HoldsAsync(async () => await StatusAsync(pat, People) == HttpStatusCode.Forbidden);

        var entries = (await greg.GetFromJsonAsync<JsonElement>($"/api/v1/audit/entries?filter={Uri.EscapeDataString($"on_behalf_of = \"support-grants/{id}\"")}", Token)).GetProperty("entries");
        var entry = Assert.Single(entries.EnumerateArray(), entry => entry.GetProperty("resourceId").GetString() == person.GetProperty("id").GetString());
        Assert.Equal(("contacts", Pat), (entry.GetProperty("service").GetString(), entry.GetProperty("actor").GetString()));
        var steps = (await greg.GetFromJsonAsync<JsonElement>($"/api/v1/audit/entries?resource=tenants.support_grant&id={id}", Token)).GetProperty("entries");
        Assert.Equal(3, steps.GetArrayLength());
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Token);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
        return await response.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return response.StatusCode;
    }
}
