using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

public sealed class AccessFacts(RunningStack stack)
{
    private const string Sam = "0190ac3e-0000-7000-8000-0000000000a2";
    private static readonly string[] Reading = ["read"];
    private static readonly Uri Policies = new("/api/v1/tenants/current/policies", UriKind.Relative);
    private static readonly Uri Deals = new("/api/v1/deals", UriKind.Relative);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_policy_holds_in_every_service_within_two_seconds_and_says_that_it_was_the_one()
    {
        using var alice = await stack.HttpForAliceAsync();
        using var sam = await stack.HttpForSamAsync();
        var deal = await PostAsync(alice, Deals, new { name = "Alice's own", currency = "EUR", amountEstimate = new { currency = "EUR", amount = "70" } });
        var path = new Uri($"/api/v1/deals/{deal.GetProperty("id").GetString()}", UriKind.Relative);
        Assert.Equal("70.00", (await sam.GetFromJsonAsync<JsonElement>(path, Token)).GetProperty("amount").GetProperty("amount").GetString());

        var fields = await PostAsync(alice, Policies, new
        {
            name = $"No amounts {Guid.NewGuid():N}",
            resource = "deals.deal",
            subjects = new { userIds = new[] { Sam } },
            fieldRules = new[] { new { path = "amount", access = "FIELD_ACCESS_HIDDEN" } },
        });
        await WithinTwoSeconds(async () => !(await sam.GetFromJsonAsync<JsonElement>(path, Token)).TryGetProperty("amount", out var amount) || amount.ValueKind == JsonValueKind.Null);

        var rows = await PostAsync(alice, Policies, new
        {
            name = $"Own deals {Guid.NewGuid():N}",
            resource = "deals.deal",
            subjects = new { userIds = new[] { Sam } },
            effect = "POLICY_EFFECT_ALLOW",
            actions = Reading,
            filter = "owner_id = user.id",
        });
        await WithinTwoSeconds(async () => await StatusAsync(sam, path) == HttpStatusCode.NotFound);
        Assert.Equal("ACCESS_RULE_DEFAULT_DENY", (await ExplainAsync(alice, deal)).GetProperty("rule").GetString());

        foreach (var policy in new[] { fields, rows })
        {
            using var deleted = await alice.DeleteAsync(new Uri($"{Policies}/{policy.GetProperty("id").GetString()}", UriKind.Relative), Token);
            deleted.EnsureSuccessStatusCode();
        }

        await WithinTwoSeconds(async () => await StatusAsync(sam, path) == HttpStatusCode.OK);
        Assert.Equal("ACCESS_RULE_ROLE_PERMISSION", (await ExplainAsync(alice, deal)).GetProperty("rule").GetString());
    }

    private static async Task<JsonElement> ExplainAsync(HttpClient client, JsonElement deal) =>
        await client.GetFromJsonAsync<JsonElement>($"/api/v1/access:explain?user={Sam}&resource=deals.deal&action=read&id={deal.GetProperty("id").GetString()}", Token);

    private static Task WithinTwoSeconds(Func<Task<bool>> condition) => Eventually.HoldsAsync(condition, Eventually.Promptly);

    private static async Task<JsonElement> PostAsync(HttpClient client, Uri path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, Uri path)
    {
        using var answer = await client.GetAsync(path, Token);
        return answer.StatusCode;
    }
}
