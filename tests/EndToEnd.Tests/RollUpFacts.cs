using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>A company counts its deals, which another service keeps.</summary>
public sealed class RollUpFacts(RunningStack stack)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_company_tells_within_moments_how_many_deals_it_has()
    {
        var key = $"open_r{Guid.NewGuid():N}"[..16];
        using var alice = await stack.HttpForAliceAsync();
        var company = await PostAsync(alice, "/api/v1/contacts/companies", """{"name":"Counting"}""");
        var deal = await PostAsync(alice, "/api/v1/deals", Deal(company));
        var field = await PostAsync(alice, "/api/v1/metadata/fields",
            $$$"""{"resource":"contacts.company","key":"{{{key}}}","type":"FIELD_TYPE_ROLL_UP","label":"Open","rollUp":{"resource":"deals.deal","relation":"company_id","function":"ROLL_UP_FUNCTION_COUNT","filter":"status = DEAL_STATUS_OPEN"}}""");
        await CountsAsync(alice, company, key, 1);
        await PostAsync(alice, "/api/v1/deals", Deal(company));
        await CountsAsync(alice, company, key, 2);
        using var deleted = await alice.DeleteAsync(new Uri($"/api/v1/deals/{deal}", UriKind.Relative), Token);
        Assert.True(deleted.IsSuccessStatusCode);
        await CountsAsync(alice, company, key, 1);
        using var gone = await alice.DeleteAsync(new Uri($"/api/v1/metadata/fields/{field}", UriKind.Relative), Token);
        Assert.True(gone.IsSuccessStatusCode);
    }

    private static string Deal(string company) => $$"""{"name":"Deal","companyId":"{{company}}","currency":"EUR"}""";

    private static Task CountsAsync(HttpClient client, string company, string key, int count) => Eventually.HoldsAsync(async () =>
    {
        var fields = (await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/contacts/companies/{company}", UriKind.Relative), Token)).TryGetProperty("customFields", out var all) ? all : default;
        return fields.ValueKind == JsonValueKind.Object && fields.TryGetProperty(key, out var told) && told.GetInt32() == count && fields.GetProperty("$asOf").TryGetProperty(key, out _);
    }, Soon);

    private static async Task<string> PostAsync(HttpClient client, string path, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), body, Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).TryGetProperty("id", out var id) ? id.GetString()! : "";
    }
}
