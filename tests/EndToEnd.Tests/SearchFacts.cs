using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>What is written in one service is found by the search over all, with a typing error too, and by nobody else.</summary>
public sealed class SearchFacts(RunningStack stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_is_found_soon_after_she_was_made_and_not_by_another_company()
    {
        using var alice = await stack.HttpForAliceAsync();
        using var greg = await stack.HttpForGregAsync();
        var id = await CreateAsync(alice, "Ottilie", "Wolkenstein");
        await Eventually.HoldsAsync(async () => (await FindAsync(alice, "wolkenstien ottil")).Contains(id), TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(id, await FindAsync(greg, "wolkenstien ottil"));

        using var gone = await alice.DeleteAsync(new Uri($"/api/v1/contacts/people/{id}", UriKind.Relative), Token);
        gone.EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => !(await FindAsync(alice, "wolkenstein")).Contains(id), TimeSpan.FromSeconds(30));
    }

    [Fact]
    [Trait("category", "long")]
    public async Task A_person_who_is_made_after_an_import_of_twenty_thousand_is_found_soon()
    {
        var run = Guid.NewGuid().ToString("N")[..8];
        var file = new StringBuilder("First name;E-mail;Last name\n");
        for (var i = 0; i < 20_000; i++)
            file.Append($"First {i};p{i}-{run}@import.example;Last {i}\n");
        using var alice = await stack.HttpForAliceAsync();
        using var content = new StringContent(file.ToString(), Encoding.UTF8, "text/csv");
        var started = Stopwatch.GetTimestamp();
        using var imported = await alice.PostAsync(new Uri("/api/v1/contacts/imports?target=people", UriKind.Relative), content, Token);
        imported.EnsureSuccessStatusCode();
        var after = Stopwatch.GetElapsedTime(started);
        var name = $"Prompt{run}";
        var made = Stopwatch.GetTimestamp();
        var id = await CreateAsync(alice, "Prompt", name);
        await Eventually.HoldsAsync(async () => (await FindAsync(alice, name)).Contains(id), TimeSpan.FromSeconds(30));
        var delay = Stopwatch.GetElapsedTime(made);
        await Eventually.HoldsAsync(async () => (await FindAsync(alice, $"p19999-{run}@import.example")).Count == 1, TimeSpan.FromMinutes(2));
        TestContext.Current.SendDiagnosticMessage(
            "20,000 rows in {0:0.0} s, the last of them found {1:0.0} s later; a person who was made after them found after {2:0.00} s",
            after.TotalSeconds, Stopwatch.GetElapsedTime(made).TotalSeconds, delay.TotalSeconds);
    }

    [Fact]
    public async Task The_index_is_built_anew_from_the_services()
    {
        using var alice = await stack.HttpForAliceAsync();
        var name = $"Rebuiltner{Guid.NewGuid():N}";
        var stays = await CreateAsync(alice, "Hedwig", name);
        var goes = await CreateAsync(alice, "Gundula", name);
        await Eventually.HoldsAsync(async () => (await FindAsync(alice, name)).Count == 2, TimeSpan.FromSeconds(30));
        using var gone = await alice.DeleteAsync(new Uri($"/api/v1/contacts/people/{goes}", UriKind.Relative), Token);
        gone.EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => (await FindAsync(alice, name)).Count == 1, TimeSpan.FromSeconds(30));

        using var begun = await alice.PostAsync(new Uri("/api/v1/search/rebuilds", UriKind.Relative), JsonContent.Create(new { }), Token);
        begun.EnsureSuccessStatusCode();
        var id = (await begun.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString();
        await Eventually.HoldsAsync(async () =>
        {
            Assert.Equal([stays], await FindAsync(alice, $"hedwig {name}"));
            Assert.Empty(await FindAsync(alice, $"gundula {name}"));
            return (await alice.GetFromJsonAsync<JsonElement>($"/api/v1/search/rebuilds/{id}", Token)).GetProperty("state").GetString() == "REBUILD_STATE_DONE";
        }, TimeSpan.FromSeconds(60));
        Assert.Equal([stays], await FindAsync(alice, $"hedwig {name}"));
        Assert.Empty(await FindAsync(alice, $"gundula {name}"));
    }

    private static async Task<string?> CreateAsync(HttpClient client, string firstName, string lastName)
    {
        using var made = await client.PostAsync(new Uri("/api/v1/contacts/people", UriKind.Relative), JsonContent.Create(new { firstName, lastName }), Token);
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString();
    }

    private static async Task<IReadOnlyList<string?>> FindAsync(HttpClient client, string q)
    {
        var answer = await client.GetFromJsonAsync<JsonElement>($"/api/v1/search?q={Uri.EscapeDataString(q)}&types=contacts.person", Token);
        return answer.TryGetProperty("hits", out var hits) ? [.. hits.EnumerateArray().Select(hit => hit.GetProperty("id").GetString())] : [];
    }
}
