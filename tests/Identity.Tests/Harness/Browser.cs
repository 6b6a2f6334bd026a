using System.Net;
using System.Text.RegularExpressions;
using System.Web;

namespace Platform.Identity.Tests.Harness;

/// <summary>A person's browser without a screen: it keeps cookies, follows redirects within the provider and fills in forms.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(string providerUrl)
    {
        ProviderUrl = new Uri(providerUrl);
        _http = new HttpClient(new CookieJar(Cookies)) { BaseAddress = ProviderUrl };
    }

    public Uri ProviderUrl { get; }

    public CookieContainer Cookies { get; } = new();

    public async Task<Screen> OpenAsync(string url, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("Accept", "text/html");
        if (language is not null) request.Headers.Add("Accept-Language", language);
        return await FollowAsync(await _http.SendAsync(request));
    }

    /// <summary>Sends fields that stand in a form of another server.</summary>
    public async Task<Screen> PostAsync(string url, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.Add("Accept", "text/html");
        return await FollowAsync(await _http.SendAsync(request));
    }

    /// <summary>Sends the form on the screen with its hidden fields and these.</summary>
    public async Task<Screen> SubmitAsync(Screen screen, params (string Name, string Value)[] fields)
    {
        var form = Form().Match(screen.Html);
        if (!form.Success) throw new InvalidOperationException($"There is no form on the screen: {screen.Html}");
        var values = Hidden().Matches(form.Value)
            .Select(hidden => KeyValuePair.Create(Attribute(hidden.Value, "name"), Attribute(hidden.Value, "value")))
            .Where(hidden => fields.All(field => field.Name != hidden.Key))
            .Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var content = new FormUrlEncodedContent(values);
        return await FollowAsync(await _http.PostAsync(HttpUtility.HtmlDecode(form.Groups["action"].Value), content));
    }

    /// <summary>Fills in the login form; a server that asks for the name and the password on two pages gets them one after the other.</summary>
    public async Task<Screen> SignInAsync(Screen screen, string userName, string password)
    {
        if (screen.Html.Contains("name=\"password\"", StringComparison.Ordinal))
            return await SubmitAsync(screen, ("username", userName), ("password", password));
        return await SubmitAsync(await SubmitAsync(screen, ("username", userName)), ("password", password));
    }

    public void Dispose() => _http.Dispose();

    private async Task<Screen> FollowAsync(HttpResponseMessage response)
    {
        while (response.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther)
        {
            var location = new Uri(ProviderUrl, response.Headers.Location!);
            if (location.Authority != ProviderUrl.Authority) return new Screen(response, "", location);
            response = await _http.GetAsync(location);
        }
        return new Screen(response, await response.Content.ReadAsStringAsync(), null);
    }

    [GeneratedRegex("""<form[^>]*action="(?<action>[^"]*)".*?</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    private static string Attribute(string element, string name) => HttpUtility.HtmlDecode(Regex.Match(element, $" {name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("""<input[^>]* type="hidden"[^>]*>""")]
    private static partial Regex Hidden();
}

/// <summary>Keeps cookies as browsers do, which take this machine for secure without TLS: Keycloak marks its cookies there as such, and .NET would keep them back.</summary>
internal sealed class CookieJar(CookieContainer cookies) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        if (cookies.GetCookieHeader(address) is { Length: > 0 } kept) request.Headers.TryAddWithoutValidation("Cookie", kept);
        var response = await base.SendAsync(request, cancellationToken);
        if (!response.Headers.TryGetValues("Set-Cookie", out var set)) return response;
        foreach (var cookie in set)
            cookies.SetCookies(address, address.IsLoopback ? string.Join(';', cookie.Split(';').Where(part => !part.Trim().Equals("secure", StringComparison.OrdinalIgnoreCase))) : cookie);
        return response;
    }
}

/// <summary>What a browser ends up with: a page, or an address outside the provider.</summary>
internal sealed partial record Screen(HttpResponseMessage Response, string Html, Uri? LeftFor)
{
    public int Status => (int)Response.StatusCode;

    /// <summary>The code of the message on the page.</summary>
    public string? Error => DataError().Match(Html) is { Success: true } match ? match.Groups[1].Value : null;

    public string? Answer(string name) => LeftFor is null ? null : HttpUtility.ParseQueryString(LeftFor.Query)[name];

    /// <summary>The address of the link that mentions this.</summary>
    public string Link(string mention) => HttpUtility.HtmlDecode(
        Links().Matches(Html).Select(link => link.Groups[1].Value).First(link => link.Contains(mention, StringComparison.Ordinal)));

    /// <summary>The screen as if the form that is sent to such an address were its only one.</summary>
    public Screen OnlyForm(string action) => this with
    {
        Html = Forms().Matches(Html).Select(form => form.Value).First(form => form[..form.IndexOf('>', StringComparison.Ordinal)].Contains(action, StringComparison.Ordinal)),
    };

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<a href=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex("data-error=\"([^\"]*)\"")]
    private static partial Regex DataError();
}
