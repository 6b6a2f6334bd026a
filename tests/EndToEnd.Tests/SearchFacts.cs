using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>What is written in one service is found by the search over all, with a typing error too, and by nobody else.</summary>
public sealed class SearchFacts(RunningStack stack)
{
    // The index takes thousands of rows of an import that came before, one by one.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_is_found_soon_after_she_was_made_and_not_by_another_company()
    {
        using var alice = await stack.HttpForAliceAsync();
        using var greg = await stack.HttpForGregAsync();
        using var body = new StringContent("""{"firstName":"Ottilie","lastName":"Wolkenstein"}""", Encoding.UTF8, "application/json");
        using var made = await alice.PostAsync(new Uri("/api/v1/contacts/people", UriKind.Relative), body, Token);
        made.EnsureSuccessStatusCode();
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString();
        await Eventually.HoldsAsync(async () => (await FindAsync(alice, "wolkenstien ottil")).Contains(id), Patience);
        Assert.DoesNotContain(id, await FindAsync(greg, "wolkenstien ottil"));

        using var gone = await alice.DeleteAsync(new Uri($"/api/v1/contacts/people/{id}", UriKind.Relative), Token);
        gone.EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => !(await FindAsync(alice, "wolkenstein")).Contains(id), Patience);
    }

    [Fact]
    public async Task The_index_is_built_anew_from_the_services()
    {
        using var alice = await stack.HttpForAliceAsync();
        using var made = await alice.PostAsync(new Uri("/api/v1/search/rebuilds", UriKind.Relative), JsonContent.Create(new { }), Token);
        made.EnsureSuccessStatusCode();
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString();
        await Eventually.HoldsAsync(
            async () => (await alice.GetFromJsonAsync<JsonElement>($"/api/v1/search/rebuilds/{id}", Token)).GetProperty("state").GetString() == "REBUILD_STATE_DONE", Patience);
    }

    private static async Task<IReadOnlyList<string?>> FindAsync(HttpClient client, string q)
    {
        var answer = await client.GetFromJsonAsync<JsonElement>($"/api/v1/search?q={Uri.EscapeDataString(q)}&types=contacts.person", Token);
        return answer.TryGetProperty("hits", out var hits) ? [.. hits.EnumerateArray().Select(hit => hit.GetProperty("id").GetString())] : [];
    }
}
