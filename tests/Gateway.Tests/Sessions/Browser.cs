using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Gateway.Tests.Sessions;

/// <summary>
/// A browser as far as the gateway can tell: it keeps cookies by their names, sends them with every request to the gateway, and
/// says whence a request comes. It follows redirects only where a test lets it.
/// </summary>
internal sealed class Browser(Uri gateway) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Dictionary<string, string> Cookies { get; private init; } = [];

    /// <summary>The last Set-Cookie lines, letter by letter.</summary>
    public IReadOnlyList<string> SetCookies { get; private set; } = [];

    public string SessionCookieName => $"platform-session-{gateway.Port}";

    public string? SessionCookie => Cookies.GetValueOrDefault(SessionCookieName);

    /// <summary>The same browser at another replica, whose cookies a host shares.</summary>
    public Browser At(Uri replica)
    {
        var other = new Browser(replica) { Cookies = new(Cookies) };
        if (SessionCookie is { } session)
            other.Cookies[other.SessionCookieName] = session;
        return other;
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>A change as the platform's own pages make it.</summary>
    public async Task<HttpResponseMessage> ChangeAsync(HttpMethod method, string path, object? body = null) => await SendAsync(
        method, path, body is null ? null : JsonContent.Create(body), ("Sec-Fetch-Site", "same-origin"), ("X-CSRF-Token", await ForgeryTokenAsync()));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(gateway, path)) { Content = content };
        if (Cookies.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        request.Headers.Add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await _http.SendAsync(request, Token);
        Keep(response);
        return response;
    }

    /// <summary>From the gateway to the identity server; the address that it sends the browser back to.</summary>
    public async Task<Uri> AuthorizeAsync(string login = "/bff/login")
    {
        using var challenge = await GetAsync(login);
        Assert.Equal(HttpStatusCode.Found, challenge.StatusCode);
        return await AtIdentityAsync(challenge.Headers.Location!);
    }

    /// <summary>Opens an address of the identity server, which has none of these cookies.</summary>
    public async Task<Uri> AtIdentityAsync(Uri address)
    {
        using var answer = await _http.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!;
    }

    /// <summary>Signs in; where the browser ends up.</summary>
    public async Task<string> SignInAsync(string login = "/bff/login")
    {
        var callback = await AuthorizeAsync(login);
        using var response = await GetAsync(callback.PathAndQuery);
        Assert.True(response.StatusCode == HttpStatusCode.Found, await response.Content.ReadAsStringAsync(Token));
        return response.Headers.Location!.ToString();
    }

    public async Task<JsonElement> UserAsync()
    {
        using var response = await GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    public async Task<string> ForgeryTokenAsync() => (await UserAsync()).GetProperty("csrfToken").GetString()!;

    public async Task<IReadOnlyList<JsonElement>> SessionsAsync()
    {
        using var response = await GetAsync("/bff/sessions");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return [.. (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("sessions").EnumerateArray()];
    }

    /// <summary>Whether the session is good for the API.</summary>
    public async Task<HttpStatusCode> CallAsync()
    {
        using var response = await GetAsync("/api/v1/contacts/companies");
        return response.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    private void Keep(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var lines))
            return;
        SetCookies = [.. lines];
        foreach (var line in SetCookies)
        {
            var pair = line.Split(';')[0].Split('=', 2);
            if (line.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
                Cookies.Remove(pair[0]);
            else
                Cookies[pair[0]] = pair[1];
        }
    }
}
