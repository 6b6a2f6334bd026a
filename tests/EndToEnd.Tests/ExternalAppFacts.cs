using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>An external application from its registration to the day its person has enough of it, with the real identity server.</summary>
public sealed class ExternalAppFacts(RunningStack stack)
{
    private const string Sam = "sam@acme.example";
    private const string Contacts = "/api/v1/contacts/people";

    private static readonly Uri Apps = new("/api/v1/tenants/current/external-apps", UriKind.Relative);
    private static readonly string[] Permissions = ["contacts.read", "deals.write"];
    private readonly string _verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Any page of this machine will do: only the code in the address counts.
    private string Callback => new Uri(stack.Gateway, "/sessions").ToString();

    [Fact]
    public async Task An_application_works_for_a_person_until_two_seconds_after_consent_is_taken_back()
    {
        using var alice = await stack.HttpForAliceAsync();
        var (clientId, secret, path) = await RegisterAsync(alice);
        using var sam = await WebBrowser.SignedInAsync(stack.Gateway, Sam);
        var tokens = await ExchangeAsync(clientId, secret, await ConsentAsync(sam, clientId));
        using var app = stack.HttpWith(tokens.GetProperty("access_token").GetString()!);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, Contacts));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, "/api/v1/deals"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, "/api/v1/tenants/current"));

        var account = new Uri(stack.Identity, "/realms/platform/account/applications").ToString();
        Assert.Contains("See your contacts", (await sam.VisitAsync(account)).Page, StringComparison.Ordinal);
        await sam.PressAsync(account, "/applications/revoke?kc_locale=en", ("client", clientId));
        await Eventually.HoldsAsync(async () => await StatusAsync(app, Contacts) == HttpStatusCode.Unauthorized, Eventually.Promptly);
        Assert.Equal("invalid_grant", (await TokenAsync(clientId, secret, ("grant_type", "refresh_token"), ("refresh_token", tokens.GetProperty("refresh_token").GetString()!))).GetProperty("error").GetString());

        // Consent anew, and the application is deleted: the same end.
        var fresh = await ExchangeAsync(clientId, secret, await ConsentAsync(sam, clientId));
        using var again = stack.HttpWith(fresh.GetProperty("access_token").GetString()!);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(again, Contacts));
        using var rotated = await alice.PostAsJsonAsync(new Uri($"{path}:rotate", UriKind.Relative), new { }, Token);
        Assert.Equal("invalid_client", (await TokenAsync(clientId, secret, ("grant_type", "refresh_token"), ("refresh_token", fresh.GetProperty("refresh_token").GetString()!))).GetProperty("error").GetString());
        (await alice.DeleteAsync(new Uri(path, UriKind.Relative), Token)).EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => await StatusAsync(again, Contacts) == HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(alice, path));
    }

    private async Task<(string ClientId, string Secret, string Path)> RegisterAsync(HttpClient alice)
    {
        using var made = await alice.PostAsJsonAsync(Apps, new
        {
            displayName = "Shop connector",
            type = "EXTERNAL_APP_TYPE_CONFIDENTIAL",
            redirectUris = new[] { Callback },
            permissions = Permissions,
        }, Token);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Token));
        var answer = await made.Content.ReadFromJsonAsync<JsonElement>(Token);
        var app = answer.GetProperty("externalApp");
        return (app.GetProperty("clientId").GetString()!, answer.GetProperty("secret").GetString()!, $"{Apps}/{app.GetProperty("id").GetString()}");
    }

    private async Task<string> ConsentAsync(WebBrowser browser, string clientId)
    {
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier)));
        var request = new Uri(stack.Identity, "/realms/platform/protocol/openid-connect/auth?response_type=code&scope=openid%20contacts.read"
            + $"&client_id={clientId}&redirect_uri={Uri.EscapeDataString(Callback)}&state=s&code_challenge={challenge}&code_challenge_method=S256").ToString();
        Assert.Contains("Shop connector", (await browser.VisitAsync(request)).Page, StringComparison.Ordinal);
        var (address, page) = await browser.PressAsync(request, "/login-actions/consent", ("accept", "yes"));
        return HttpUtility.ParseQueryString(address.Query)["code"] ?? throw new InvalidOperationException($"There is no code at {address}: {page}");
    }

    private async Task<JsonElement> ExchangeAsync(string clientId, string secret, string code) =>
        await TokenAsync(clientId, secret, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Callback), ("code_verifier", _verifier));

    private async Task<JsonElement> TokenAsync(string clientId, string secret, params (string Name, string Value)[] fields)
    {
        using var http = new HttpClient { BaseAddress = stack.Identity };
        using var form = new FormUrlEncodedContent(fields.Append(("client_id", clientId)).Append(("client_secret", secret)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var response = await http.PostAsync(new Uri("/realms/platform/protocol/openid-connect/token", UriKind.Relative), form, Token);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return response.StatusCode;
    }
}
