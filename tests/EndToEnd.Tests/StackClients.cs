using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Demo;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

internal static class StackClients
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>REST as the salesperson of Acme.</summary>
    public static async Task<Api> SamAsync(this RunningStack stack) => new(stack.Gateway, await SamTokenAsync(stack), Token);

    /// <summary>Plain HTTP as the administrator of Acme.</summary>
    public static async Task<HttpClient> HttpForAliceAsync(this RunningStack stack) =>
        stack.HttpWith(await SignIn.GetTokenAsync(stack.Identity, "alice@acme.example", "demo", Token));

    /// <summary>Plain HTTP as the administrator of Globex.</summary>
    public static async Task<HttpClient> HttpForGregAsync(this RunningStack stack) =>
        stack.HttpWith(await SignIn.GetTokenAsync(stack.Identity, "greg@globex.example", "demo", Token));

    /// <summary>Keycloak's admin API with the account that makes organizations and people.</summary>
    public static async Task<HttpClient> HttpForProvisioningAsync(this RunningStack stack)
    {
        var secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(stack.Data, "secrets.json"), Token))!;
        using var http = new HttpClient { BaseAddress = stack.Identity };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "platform-provisioning",
            ["client_secret"] = secrets["provisioning-secret"],
        });
        using var response = await http.PostAsync(new Uri("/realms/platform/protocol/openid-connect/token", UriKind.Relative), form, Token);
        var token = (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("access_token").GetString();
        return new HttpClient { BaseAddress = new Uri(stack.Identity, "/admin/realms/platform/"), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
    }

    /// <summary>Plain HTTP with a token or an API key.</summary>
    public static HttpClient HttpWith(this RunningStack stack, string bearer) => new()
    {
        BaseAddress = stack.Gateway,
        Timeout = TimeSpan.FromMinutes(3),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", bearer) },
    };

    /// <summary>Plain HTTP as the salesperson of Acme.</summary>
    public static async Task<HttpClient> HttpForSamAsync(this RunningStack stack) => stack.HttpWith(await SamTokenAsync(stack));

    /// <summary>Waits until every part answers again: after a crash of the database each service finds its broken connections by using them.</summary>
    public static Task SettledAsync(this RunningStack stack) => Eventually.HoldsAsync(async () =>
    {
        try
        {
            using var sam = await stack.SamAsync();
            string[] paths = ["tenants/current", "contacts/people", "deals", "finance/invoices", "communications/emails", "automation/processes", "pipelines", "inventory/products"];
            var answers = await Task.WhenAll(Enumerable.Range(0, 5).SelectMany(_ => paths).Select(path => sam.StatusAsync($"/api/v1/{path}")));
            return answers.All(answer => answer == System.Net.HttpStatusCode.OK);
        }
        catch (Exception exception) when (exception is DemoFailedException or HttpRequestException)
        {
            return false;
        }
    });

    /// <summary>How many messages the mail catcher has for an address.</summary>
    public static async Task<int> MailsToAsync(this RunningStack stack, string email)
    {
        using var inbox = new HttpClient { BaseAddress = stack.Mail };
        var answer = await inbox.GetFromJsonAsync<JsonElement>($"/api/v1/messages?to={Uri.EscapeDataString(email)}", Token);
        return (answer.ValueKind == JsonValueKind.Array ? answer : answer.GetProperty("messages")).GetArrayLength();
    }

    private static Task<string> SamTokenAsync(RunningStack stack) => SignIn.GetTokenAsync(stack.Identity, "sam@acme.example", "demo", Token);
}
