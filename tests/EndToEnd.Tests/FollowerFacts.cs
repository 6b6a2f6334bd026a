using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>People hear of records that they follow and see, through all services that have a part in it.</summary>
public sealed class FollowerFacts(RunningStack stack)
{
    private const string Sam = "0190ac3e-0000-7000-8000-0000000000a2";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_spoken_to_hears_of_it_and_of_what_happens_then_until_they_may_not_see_it()
    {
        using var alice = await stack.HttpForAliceAsync();
        using var sam = await stack.HttpForSamAsync();
        var company = Text(await SendAsync(alice, HttpMethod.Post, "/api/v1/contacts/companies", new { name = $"Followed {Guid.NewGuid():N}" }), "id");
        var pipeline = await SendAsync(alice, HttpMethod.Post, "/api/v1/pipelines", new { name = $"Pipeline {Guid.NewGuid():N}" });
        var stages = pipeline.GetProperty("stages");
        var deal = Text(await SendAsync(alice, HttpMethod.Post, "/api/v1/deals", new { name = "Followed deal", companyId = company, currency = "EUR", pipelineId = Text(pipeline, "id"), stageId = Text(stages[0], "id") }), "id");
        await SendAsync(alice, HttpMethod.Post, "/api/v1/contacts/activities", new { dealId = deal, kind = "ACTIVITY_KIND_NOTE", subject = "@Sam, look at this", mentionedUserIds = new[] { Sam } });
        await Eventually.HoldsAsync(async () => (await ToldAsync(sam, deal)).Contains(("crm.mention", "You were mentioned: @Sam, look at this")), TimeSpan.FromSeconds(30));
        var followers = await sam.GetFromJsonAsync<JsonElement>($"/api/v1/communications/followers?resource=deals.deal&recordId={deal}", Token);
        Assert.True(followers.GetProperty("following").GetBoolean());
        await SendAsync(alice, HttpMethod.Post, $"/api/v1/deals/{deal}:move", new { stageId = Text(stages[1], "id") });
        await Eventually.HoldsAsync(async () => (await ToldAsync(sam, deal)).Contains(("crm.news", "Followed deal is in another stage")), TimeSpan.FromSeconds(30));
        Assert.Empty(await ToldAsync(alice, deal));

        // The pipeline becomes that of a team in which Sam is not: the deal is gone for Sam, and comes back.
        var team = Text(await SendAsync(alice, HttpMethod.Post, "/api/v1/tenants/current/teams", new { name = $"Team {Guid.NewGuid():N}" }), "id");
        var hidden = await TakesAsync(alice, sam, pipeline, deal, [team], HttpStatusCode.NotFound);
        var shown = await TakesAsync(alice, sam, pipeline, deal, [], HttpStatusCode.OK);
        TestContext.Current.SendDiagnosticMessage("The deals of a pipeline were hidden after {0:0.00} s, and there again after {1:0.00} s", hidden.TotalSeconds, shown.TotalSeconds);
        await SendAsync(alice, HttpMethod.Post, "/api/v1/contacts/activities", new { dealId = deal, kind = "ACTIVITY_KIND_NOTE", subject = "Back again" });
        await Eventually.HoldsAsync(async () => (await ToldAsync(sam, deal)).Contains(("crm.news", "New note: Back again")), TimeSpan.FromSeconds(30));
        // With what was not read of before.
        Assert.Equal(2, await CountAsync(sam, deal));
    }

    private static async Task<TimeSpan> TakesAsync(HttpClient alice, HttpClient sam, JsonElement pipeline, string deal, string[] teams, HttpStatusCode status)
    {
        await SendAsync(alice, HttpMethod.Patch, $"/api/v1/pipelines/{Text(pipeline, "id")}?updateMask=teamIds", new { teamIds = teams });
        var started = Stopwatch.GetTimestamp();
        await Eventually.HoldsAsync(async () =>
        {
            using var answer = await sam.GetAsync(new Uri($"/api/v1/deals/{deal}", UriKind.Relative), Token);
            return answer.StatusCode == status;
        }, TimeSpan.FromSeconds(30));
        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<IReadOnlyList<JsonElement>> NoticesAsync(HttpClient client, string deal) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("/api/v1/communications/notifications?pageSize=200", Token)).GetProperty("notifications").EnumerateArray()
            .Where(notice => notice.GetProperty("data").TryGetProperty("record", out var record) && record.GetString() == deal)];

    private static async Task<IReadOnlyList<(string Kind, string Title)>> ToldAsync(HttpClient client, string deal) => [.. (await NoticesAsync(client, deal)).Select(notice => (Text(notice, "kind"), Text(notice, "title")))];

    private static async Task<int> CountAsync(HttpClient client, string deal) => (await NoticesAsync(client, deal)).Single(notice => Text(notice, "kind") == "crm.news").GetProperty("count").GetInt32();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static async Task<JsonElement> SendAsync(HttpClient client, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var response = await client.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
