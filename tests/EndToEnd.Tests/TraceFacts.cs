using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>What a stack tells of itself on its dashboard.</summary>
public sealed class TraceFacts(RunningStack stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_and_what_follows_from_it_are_one_waterfall_through_sidecars_and_broker()
    {
        using var sam = await stack.HttpForSamAsync();
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/contacts/people")
        {
            Content = JsonContent.Create(new { firstName = "Ada", lastName = "Traced" }),
            Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01" } },
        };
        using (var answer = await sam.SendAsync(request, Token))
            answer.EnsureSuccessStatusCode();

        using var dashboard = await DashboardAsync();
        var waterfall = "";
        await Eventually.HoldsAsync(async () =>
        {
            using var page = await dashboard.GetAsync(new Uri($"/traces/{trace}", UriKind.Relative), Token);
            waterfall = await page.Content.ReadAsStringAsync(Token);
            return new[] { Of("gateway"), Of("dapr"), Of("contacts"), Of("search"), "publish/contacts", "pubsub/contacts" }.All(part => waterfall.Contains(part, StringComparison.Ordinal));
        });
        Assert.True(waterfall.IndexOf(Of("gateway"), StringComparison.Ordinal) < waterfall.IndexOf(Of("dapr"), StringComparison.Ordinal), "the call of the sidecar lies within that of the gateway");

        foreach (var resource in new[] { "identity", "mail", "dapr" })
        {
            await Eventually.HoldsAsync(async () => (await dashboard.GetStringAsync(new Uri($"/metrics?resource={resource}", UriKind.Relative), Token)).Contains($"""<option value="{resource}" selected>""", StringComparison.Ordinal));
            Assert.DoesNotContain("No record fits", await dashboard.GetStringAsync(new Uri($"/logs?resource={resource}", UriKind.Relative), Token), StringComparison.Ordinal);
        }
    }

    private static string Of(string resource) => $"\">{resource}</span> ";

    private async Task<HttpClient> DashboardAsync()
    {
        var host = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(stack.Data, "run", "host.json"), Token));
        var address = host.GetProperty("Dashboard").Deserialize<Uri>()!;
        var browser = new HttpClient { BaseAddress = new Uri(address, "/") };
        (await browser.GetAsync(address, Token)).EnsureSuccessStatusCode();
        return browser;
    }
}
