using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>What the services know of a customer is gathered by one call, and without the one that is down.</summary>
public sealed class CustomerOverviewFacts(RunningStack stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customer_is_told_of_with_what_all_services_know_and_without_one_that_is_down()
    {
        using var alice = await stack.HttpForAliceAsync();
        using var greg = await stack.HttpForGregAsync();
        var company = await MakeAsync(alice, "/api/v1/contacts/companies", new { name = $"Overview {Guid.NewGuid():N}", email = $"sales-{Guid.NewGuid():N}@overview.example" });
        var id = company.GetProperty("id").GetString();
        await MakeAsync(alice, "/api/v1/contacts/people", new { lastName = "Overviewer", companyId = id });
        await MakeAsync(alice, "/api/v1/contacts/activities", new { companyId = id, kind = "ACTIVITY_KIND_TASK", subject = "Call back" });
        var deal = await MakeAsync(alice, "/api/v1/deals", new { name = "Pumps", companyId = id, currency = "EUR", lineItems = Lines("Pump", "1000.00") });
        await MakeAsync(alice, "/api/v1/quotes", new { dealId = deal.GetProperty("id").GetString() });
        await MakeAsync(alice, "/api/v1/finance/invoices", new { buyerCompanyId = id, buyer = new { name = "Overview" }, currency = "EUR", lines = Lines("Pump", "20.00") });
        await MakeAsync(alice, "/api/v1/communications/emails", new { to = company.GetProperty("email").GetString(), subject = "Welcome", textBody = "Welcome." });

        var sections = await SectionsAsync(alice, id);
        Assert.All(sections.Values, section => Assert.Equal(("SECTION_STATE_READY", 1), (section.GetProperty("state").GetString(), section.GetProperty("total").GetInt32())));
        Assert.Equal(["people", "deals", "quotes", "invoices", "messages", "tasks"], sections.Keys);
        Assert.Equal("Welcome", sections["messages"].GetProperty("items")[0].GetProperty("title").GetString());
        Assert.Equal("open", Assert.Single(sections["deals"].GetProperty("sums").EnumerateArray()).GetProperty("name").GetString());
        using (var strange = await greg.GetAsync(PathOf(id), Token))
            Assert.Equal(HttpStatusCode.NotFound, strange.StatusCode);

        await DownAsync("finance", async () =>
        {
            var partial = await SectionsAsync(alice, id);
            Assert.Equal("SECTION_STATE_UNAVAILABLE", partial["invoices"].GetProperty("state").GetString());
            Assert.All(partial.Where(section => section.Key != "invoices"), section => Assert.Equal("SECTION_STATE_READY", section.Value.GetProperty("state").GetString()));
        });
        await Eventually.HoldsAsync(async () => (await SectionsAsync(alice, id))["invoices"].GetProperty("state").GetString() == "SECTION_STATE_READY", TimeSpan.FromSeconds(60));
    }

    private async Task DownAsync(string resource, Func<Task> meanwhile)
    {
        var (stopped, why) = await stack.RunAsync("stop", resource);
        Assert.True(stopped == 0, why);
        try
        {
            await meanwhile();
        }
        finally
        {
            var (started, whyNot) = await stack.RunAsync("start", resource);
            Assert.True(started == 0, whyNot);
        }
    }

    private static object[] Lines(string description, string amount) => [new { description, quantity = "1", unitPrice = new { amount, currency = "EUR" }, taxRate = "20" }];

    private static Uri PathOf(string? company) => new($"/api/v1/contacts/companies/{company}:overview", UriKind.Relative);

    private static async Task<IReadOnlyDictionary<string, JsonElement>> SectionsAsync(HttpClient client, string? company) =>
        (await client.GetFromJsonAsync<JsonElement>(PathOf(company), Token)).GetProperty("sections").EnumerateArray().ToDictionary(section => section.GetProperty("name").GetString()!);

    private static async Task<JsonElement> MakeAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), JsonContent.Create(body), Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
