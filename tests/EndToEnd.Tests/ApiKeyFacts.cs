using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

public sealed class ApiKeyFacts(RunningStack stack)
{
    private static readonly Uri Keys = new("/api/v1/tenants/current/api-keys", UriKind.Relative);

    private static readonly string[] Permissions = ["contacts.read", "contacts.write"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_machine_works_with_its_key_until_two_seconds_after_it_is_deleted()
    {
        using var alice = await stack.HttpForAliceAsync();
        using var made = await alice.PostAsJsonAsync(Keys, new { displayName = "Shop", permissions = Permissions }, Token);
        made.EnsureSuccessStatusCode();
        var answer = await made.Content.ReadFromJsonAsync<JsonElement>(Token);
        using var machine = stack.HttpWith(answer.GetProperty("key").GetString()!);

        using var person = await machine.PostAsJsonAsync(new Uri("/api/v1/contacts/people", UriKind.Relative), new { firstName = "Ada", lastName = "Machine" }, Token);
        Assert.Equal(HttpStatusCode.OK, person.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(machine, "/api/v1/deals"));

        using var deleted = await alice.DeleteAsync(new Uri($"{Keys}/{answer.GetProperty("apiKey").GetProperty("id").GetString()}", UriKind.Relative), Token);
        deleted.EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => await StatusAsync(machine, "/api/v1/contacts/people") == HttpStatusCode.Unauthorized, Eventually.Promptly);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return response.StatusCode;
    }
}
