using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>A company moves in all services of the running stack, by the command that an operator types.</summary>
public sealed class MoveFacts(RunningStack stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_company_moves_in_every_service_and_its_people_see_what_they_saw() => MovesAsync("globex", "gina@globex.example", "schema", "shared");

    [Fact]
    [Trait("category", "long")]
    public Task A_company_gets_databases_of_its_own_and_gives_them_up_again() => MovesAsync("acme", "sam@acme.example", "database", "shared");

    [Theory]
    [InlineData(2, "TENANT_UNKNOWN", "nobody", "schema")]
    [InlineData(1, "'elsewhere' not recognized", "globex", "elsewhere")]
    public async Task A_move_that_cannot_be_says_why(int code, string reason, string tenant, string level)
    {
        var refused = await stack.RunAsync("tenants", "move", tenant, "--to", level);
        Assert.Contains(reason, refused.Output, StringComparison.Ordinal);
        Assert.Equal(code, refused.Code);
    }

    [Fact]
    public async Task Nothing_is_moved_where_nothing_runs()
    {
        var (code, output) = await RunningStack.RunAsync("e2e-asleep", ["tenants", "move", "acme", "--to", "schema"]);
        Assert.Equal(3, code);
        Assert.Contains("is not running", output, StringComparison.Ordinal);
    }

    private async Task MovesAsync(string company, string person, params string[] levels)
    {
        using var client = stack.HttpWith(await Platform.Demo.SignIn.GetTokenAsync(stack.Identity, person, "demo", Token));
        await AddAsync(client);
        foreach (var level in levels)
        {
            var before = await ListAsync(client);
            Assert.NotEmpty(before);
            var (code, output) = await stack.RunAsync("tenants", "move", company, "--to", level);
            Assert.True(code == 0, output);
            Assert.Contains("people", output, StringComparison.Ordinal);
            Assert.Matches($"is {level} in [0-9]+ services", output);
            Assert.Equal(before, await ListAsync(client));
            await AddAsync(client);
        }
    }

    private static async Task AddAsync(HttpClient client)
    {
        using var added = await client.PostAsJsonAsync("/api/v1/contacts/people", new { lastName = "Mover", email = $"{Guid.NewGuid():N}@mover.example" }, Token);
        Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync(Token));
        var person = await added.Content.ReadFromJsonAsync<JsonElement>(Token);
        using var found = await client.GetAsync(new Uri($"/api/v1/contacts/people/{person.GetProperty("id").GetString()}", UriKind.Relative), Token);
        Assert.True(found.IsSuccessStatusCode, await found.Content.ReadAsStringAsync(Token));
    }

    private static async Task<List<string>> ListAsync(HttpClient client)
    {
        var people = await client.GetFromJsonAsync<JsonElement>("/api/v1/contacts/people?pageSize=100", Token);
        return [.. people.GetProperty("people").EnumerateArray().Select(person => person.GetProperty("id").GetString()!)];
    }
}
