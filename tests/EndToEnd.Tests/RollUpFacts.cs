using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>What another service keeps is counted by way of the broker, and the answer says as of when: docs/adr/0034, docs/adr/0042.</summary>
public sealed class RollUpFacts(RunningStack stack)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _run = $"{Guid.NewGuid():N}"[..10];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_company_counts_its_deals_in_its_own_currency_whatever_becomes_of_them()
    {
        using var alice = await stack.HttpForAliceAsync();
        await SendAsync(alice, HttpMethod.Put, "/api/v1/tenants/current/exchange-rates/SEK/2020-01-01", new { rate = "0.1" });
        var (count, sum, average) = ($"count_r{_run}", $"sum_r{_run}", $"average_r{_run}");
        await RollUpAsync(alice, count, "deals.deal", "company_id", "COUNT", "", "status = DEAL_STATUS_OPEN");
        await RollUpAsync(alice, sum, "deals.deal", "company_id", "SUM", "reporting_amount", "");
        await SendAsync(alice, HttpMethod.Post, "/api/v1/metadata/fields", new { resource = "contacts.company", key = average, type = "FIELD_TYPE_FORMULA", label = "Average", formula = $"custom_fields.{count} * 10" });
        var (acme, other) = (await CompanyAsync(alice), await CompanyAsync(alice));
        await IsToldAsync(alice, acme, (count, "0"));

        var before = TimeProvider.System.GetUtcNow();
        var (crowns, euros) = (await DealAsync(alice, acme, "SEK", "1000"), await DealAsync(alice, acme, "EUR", "5"));
        var told = await IsToldAsync(alice, acme, (count, "2"), (sum, "105.00"), (average, "20"));
        var asOf = told.GetProperty("customFields").GetProperty("$asOf");
        foreach (var key in new[] { count, sum })
            Assert.True(DateTimeOffset.Parse(asOf.GetProperty(key).GetString()!, CultureInfo.InvariantCulture) >= before, $"{asOf}");

        await SendAsync(alice, HttpMethod.Put, "/api/v1/tenants/current/exchange-rates/SEK/2020-01-01", new { rate = "0.2" });
        await IsToldAsync(alice, acme, (sum, "205.00"));
        await SendAsync(alice, HttpMethod.Patch, $"/api/v1/deals/{crowns}", new { companyId = other });
        await IsToldAsync(alice, acme, (count, "1"), (sum, "5.00"));
        await IsToldAsync(alice, other, (count, "1"), (sum, "200.00"), (average, "10"));
        await SendAsync(alice, HttpMethod.Post, $"/api/v1/deals/{euros}:lose", new { reason = "Price" });
        await IsToldAsync(alice, acme, (count, "0"), (sum, "5.00"));
        using var deleted = await alice.DeleteAsync(new Uri($"/api/v1/deals/{crowns}", UriKind.Relative), Token);
        Assert.True(deleted.IsSuccessStatusCode);
        await IsToldAsync(alice, other, (count, "0"), (sum, null), (average, "0"));

        var found = await alice.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/contacts/companies?filter={Uri.EscapeDataString($"custom_fields.{sum} = 5")}", UriKind.Relative), Token);
        Assert.Equal(acme, Assert.Single(found.GetProperty("companies").EnumerateArray().ToList()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_company_counts_records_of_an_object_and_what_is_deleted_no_more_until_it_is_restored()
    {
        using var alice = await stack.HttpForAliceAsync();
        var (kind, hours, last) = ($"visit_r{_run}", $"hours_r{_run}", $"last_r{_run}");
        await SendAsync(alice, HttpMethod.Post, "/api/v1/metadata/objects", new { key = kind, pluralKey = $"{kind}s", label = "Visit", pluralLabel = "Visits" });
        foreach (var (key, type) in new[] { ("customer", "RELATION"), ("hours", "DECIMAL"), ("day", "DATE") })
            await SendAsync(alice, HttpMethod.Post, "/api/v1/metadata/fields", new { resource = $"records.{kind}", key, type = $"FIELD_TYPE_{type}", label = key, relatedResource = type == "RELATION" ? "contacts.company" : "" });
        await RollUpAsync(alice, hours, $"records.{kind}", "custom_fields.customer", "SUM", "custom_fields.hours * 2", "custom_fields.hours > 1");
        await RollUpAsync(alice, last, $"records.{kind}", "custom_fields.customer", "MAXIMUM", "custom_fields.day", "");
        var company = await CompanyAsync(alice);
        var path = $"/api/v1/objects/{kind}s";
        var visit = "";
        await Eventually.HoldsAsync(async () => (visit = await TryVisitAsync("3", "2026-05-31")) != "", Patience);
        Assert.NotEqual("", await TryVisitAsync("1", "2026-05-01"));
        await IsToldAsync(alice, company, (hours, "6"), (last, "2026-05-31"));
        await SendAsync(alice, HttpMethod.Patch, $"{path}/{visit}", new { customFields = new { hours = "4", day = "2026-06-01", customer = company } });
        await IsToldAsync(alice, company, (hours, "8"), (last, "2026-06-01"));
        using var deleted = await alice.DeleteAsync(new Uri($"{path}/{visit}", UriKind.Relative), Token);
        Assert.True(deleted.IsSuccessStatusCode);
        await IsToldAsync(alice, company, (hours, null), (last, "2026-05-01"));
        await SendAsync(alice, HttpMethod.Post, $"{path}/{visit}:undelete", new { });
        await IsToldAsync(alice, company, (hours, "8"), (last, "2026-06-01"));

        async Task<string> TryVisitAsync(string duration, string day)
        {
            using var answer = await alice.PostAsJsonAsync(path, new { name = "Visit", customFields = new { customer = company, hours = duration, day } }, Token);
            return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString()! : "";
        }
    }

    private static Task<JsonElement> RollUpAsync(HttpClient client, string key, string resource, string relation, string function, string value, string filter) => SendAsync(client, HttpMethod.Post, "/api/v1/metadata/fields", new
    {
        resource = "contacts.company",
        key,
        type = "FIELD_TYPE_ROLL_UP",
        label = key,
        rollUp = new { resource, relation, function = $"ROLL_UP_FUNCTION_{function}", value, filter },
    });

    // Waits until the company tells these values, each with the time as of which it is; null for none, where all is counted.
    private static async Task<JsonElement> IsToldAsync(HttpClient client, string company, params (string Key, string? Value)[] expected)
    {
        JsonElement told = default;
        try
        {
            await Eventually.HoldsAsync(async () =>
            {
                told = await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/contacts/companies/{company}", UriKind.Relative), Token);
                return told.TryGetProperty("customFields", out var fields) && !fields.TryGetProperty("$pending", out _)
                    && expected.All(wanted => wanted.Value == (fields.TryGetProperty(wanted.Key, out var value) ? TextOf(value) : null));
            }, Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{string.Join(", ", expected)} is not told: {told}");
        }

        return told;
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.GetProperty("amount").GetString()!,
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static async Task<string> CompanyAsync(HttpClient client) =>
        (await SendAsync(client, HttpMethod.Post, "/api/v1/contacts/companies", new { name = $"Counting {Guid.NewGuid():N}" })).GetProperty("id").GetString()!;

    private static async Task<string> DealAsync(HttpClient client, string company, string currency, string amount) => (await SendAsync(client, HttpMethod.Post, "/api/v1/deals", new
    {
        name = "Pumps",
        companyId = company,
        currency,
        amountEstimate = new { amount, currency },
    })).GetProperty("id").GetString()!;

    private static async Task<JsonElement> SendAsync(HttpClient client, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        using var answer = await client.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
