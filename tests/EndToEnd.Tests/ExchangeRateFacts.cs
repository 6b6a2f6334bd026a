using System.Net.Http.Json;
using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>What a company sets for its currencies comes to the services that report amounts, though nobody asks there.</summary>
public sealed class ExchangeRateFacts(RunningStack stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rate_that_is_set_after_a_deal_was_made_reaches_the_deal_and_one_that_is_won_keeps_its_own()
    {
        using var alice = await stack.HttpForAliceAsync();
        var company = (await SendAsync(alice, HttpMethod.Post, "/api/v1/contacts/companies", new { name = $"Fjord {Guid.NewGuid():N}" })).GetProperty("id").GetString();
        var (open, won) = (await DealAsync(alice, company), await DealAsync(alice, company));
        await SendAsync(alice, HttpMethod.Put, "/api/v1/tenants/current/exchange-rates/NOK/2020-01-01", new { rate = "0.0875" });
        await Eventually.HoldsAsync(async () => await RateAsync(alice, open) == "0.0875" && await RateAsync(alice, won) == "0.0875");
        await SendAsync(alice, HttpMethod.Post, $"/api/v1/deals/{won}:win", new { });
        await SendAsync(alice, HttpMethod.Put, "/api/v1/tenants/current/exchange-rates/NOK/2020-01-01", new { rate = "0.09" });
        await Eventually.HoldsAsync(async () => await RateAsync(alice, open) == "0.09");
        Assert.Equal("0.0875", await RateAsync(alice, won));
    }

    private static async Task<string> DealAsync(HttpClient client, string? company) => (await SendAsync(client, HttpMethod.Post, "/api/v1/deals", new
    {
        name = "Pumps",
        companyId = company,
        currency = "NOK",
        lineItems = new[] { new { description = "Pump", quantity = "1", unitPrice = new { amount = "1000", currency = "NOK" }, taxRate = "20" } },
    })).GetProperty("id").GetString()!;

    private static async Task<string?> RateAsync(HttpClient client, string deal) =>
        (await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/deals/{deal}", UriKind.Relative), Token)).TryGetProperty("reportingRate", out var rate) ? rate.GetString() : null;

    private static async Task<JsonElement> SendAsync(HttpClient client, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        using var answer = await client.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
