using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>
/// A person's browser without a screen: one jar of cookies for the gateway and the identity server, which follows redirects and
/// fills in the sign-in page.
/// </summary>
internal sealed partial class WebBrowser : IDisposable
{
    private static readonly string[] SignInFields = ["name=\"username\"", "type=\"password\""];
    private readonly HttpClient _http;

    private WebBrowser(Uri gateway, CookieContainer cookies, string agent = "")
    {
        (Gateway, Cookies) = (gateway, cookies);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        _http = new HttpClient(handler) { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(60) };
        if (agent.Length > 0)
            _http.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Uri Gateway { get; }

    private CookieContainer Cookies { get; }

    /// <summary>The cookie of the session, as it is sent to this gateway.</summary>
    public string SessionCookie => $"{Cookies.GetCookies(Gateway)[$"platform-session-{Gateway.Port}"]}";

    /// <summary>Nobody's yet.</summary>
    public static WebBrowser Open(Uri gateway, string agent = "") => new(gateway, new CookieContainer(), agent);

    /// <summary>One in which the person has signed in.</summary>
    public static async Task<WebBrowser> SignedInAsync(Uri gateway, string email, string agent = "")
    {
        var browser = Open(gateway, agent);
        var (_, page) = await browser.VisitAsync("/bff/login?returnUrl=/sessions", email);
        Assert.Contains("This browser", page, StringComparison.Ordinal);
        return browser;
    }

    /// <summary>The same browser at another replica, whose cookie has that one's port in its name.</summary>
    public WebBrowser At(Uri replica)
    {
        var session = Cookies.GetCookies(Gateway)[$"platform-session-{Gateway.Port}"]!.Value;
        Cookies.Add(new Cookie($"platform-session-{replica.Port}", session, "/", replica.Host));
        return new WebBrowser(replica, Cookies);
    }

    /// <summary>Opens an address and goes where it leads, signing in on the way where an e-mail is given; the last page, or the first that asks something else.</summary>
    public async Task<(Uri Address, string Page)> VisitAsync(string address, string? email = null, string password = "demo")
    {
        var here = new Uri(Gateway, address);
        var response = await _http.GetAsync(here, Token);
        for (var hops = 0; hops < 12; hops++)
        {
            if (response.Headers.Location is { } location)
            {
                here = new Uri(here, location);
                response = await _http.GetAsync(here, Token);
                continue;
            }

            var page = await response.Content.ReadAsStringAsync(Token);
            if (here.Authority == Gateway.Authority || email is null)
                return (here, page);
            if (Forms().Matches(page).FirstOrDefault(form => SignInFields.Any(field => form.Value.Contains(field, StringComparison.Ordinal))) is not { } form)
                return (here, page);
            response = await SubmitAsync(here, form, ("username", email), ("password", password));
        }

        throw new InvalidOperationException($"{address} went in circles, at last to {here}.");
    }

    /// <summary>Presses the button of the page's form that goes to this address; the last page.</summary>
    public async Task<(Uri Address, string Page)> PressAsync(string address, string action, params (string Name, string Value)[] fields)
    {
        var (here, page) = await VisitAsync(address);
        var form = Forms().Matches(page).First(form => form.Groups[1].Value.EndsWith(action, StringComparison.Ordinal));
        using var response = await SubmitAsync(here, form, fields);
        return response.Headers.Location is { } location
            ? await VisitAsync(new Uri(here, location).ToString())
            : (here, await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>A page of another server posts these fields, and the person presses the button of the form by this id that is shown then; the last page.</summary>
    public async Task<(Uri Address, string Page)> ComeAsync(string address, string asked, params (string Name, string Value)[] fields)
    {
        var there = new Uri(address);
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var question = await _http.PostAsync(there, form, Token);
        var page = await question.Content.ReadAsStringAsync(Token);
        var button = Forms().Matches(page).FirstOrDefault(found => found.Value.Contains($"id=\"{asked}\"", StringComparison.Ordinal));
        Assert.True(button is not null, page);
        using var response = await SubmitAsync(there, button);
        return response.Headers.Location is { } location ? await VisitAsync(new Uri(there, location).ToString()) : (there, await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>The address of the page's first link that mentions this.</summary>
    public static string LinkIn(string page, string mention) =>
        Links().Matches(page).Select(link => WebUtility.HtmlDecode(link.Groups[1].Value)).First(link => link.Contains(mention, StringComparison.Ordinal));

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), Token);
        return response.StatusCode;
    }

    public async Task<JsonElement> GetAsync(string path) => await _http.GetFromJsonAsync<JsonElement>(path, Token);

    /// <summary>A change as the platform's own pages make it.</summary>
    public async Task<HttpResponseMessage> ChangeAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Add("X-CSRF-Token", (await GetAsync("/bff/user")).GetProperty("csrfToken").GetString());
        return await _http.SendAsync(request, Token);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SubmitAsync(Uri here, Match form, params (string Name, string Value)[] more)
    {
        var fields = Fields().Matches(form.Value).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
        foreach (var (name, value) in more)
            fields[name] = value;
        var action = new Uri(here, WebUtility.HtmlDecode(form.Groups[1].Value));
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await _http.SendAsync(request, Token);
    }

    [GeneratedRegex("""<form[^>]*action="([^"]*)".*?</form>""", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("""<a[^>]*href="([^"]*)""")]
    private static partial Regex Links();

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""")]
    private static partial Regex Fields();
}
