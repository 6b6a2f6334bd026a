using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>A company moves in all services of the running stack, by the command that an operator types.</summary>
public sealed class MoveFacts(RunningStack stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_company_moves_in_every_service_and_its_people_see_what_they_saw()
    {
        using var globex = stack.HttpWith(await Platform.Demo.SignIn.GetTokenAsync(stack.Identity, "gina@globex.example", "demo", Token));
        using var added = await globex.PostAsJsonAsync("/api/v1/contacts/people", new { lastName = "Mover", email = $"{Guid.NewGuid():N}@globex.example" }, Token);
        Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync(Token));
        var before = await ListAsync(globex);
        Assert.NotEmpty(before);
        foreach (var level in new[] { "schema", "shared" })
        {
            var (code, output) = await stack.RunAsync("tenants", "move", "globex", "--to", level);
            Assert.True(code == 0, output);
            Assert.Contains("people", output, StringComparison.Ordinal);
            Assert.Matches($"is {level} in [0-9]+ services", output);
            Assert.Equal(before, await ListAsync(globex));
        }
    }

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

    private static async Task<List<string>> ListAsync(HttpClient client)
    {
        var people = await client.GetFromJsonAsync<JsonElement>("/api/v1/contacts/people?pageSize=100", Token);
        return [.. people.GetProperty("people").EnumerateArray().Select(person => person.GetProperty("id").GetString()!)];
    }
}
