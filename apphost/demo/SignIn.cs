using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;

namespace Platform.Demo;

/// <summary>Signs a person in as a browser would: authorization code with PKCE through the login page.</summary>
internal static partial class SignIn
{
    private const string ClientId = "platform-cli";
    private const string RedirectUri = "http://127.0.0.1/callback";

    /// <summary>The access token of the person.</summary>
    public static async Task<string> GetTokenAsync(Uri identity, string email, string password, CancellationToken cancellationToken)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler) { BaseAddress = identity };
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var state = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var authorize = "/realms/platform/protocol/openid-connect/auth?response_type=code&scope=openid%20organization"
            + $"&client_id={ClientId}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&state={state}&code_challenge={challenge}&code_challenge_method=S256";
        var callback = await FollowAsync(browser, new Uri(identity, authorize), email, password, cancellationToken);
        var query = HttpUtility.ParseQueryString(callback.Query);
        if (query["state"] != state || query["code"] is not { } code)
            throw new DemoFailedException($"The identity server refused the sign-in: {query["error_description"] ?? query["error"]}");
        return await RedeemAsync(browser, code, verifier, cancellationToken);
    }

    private static async Task<Uri> FollowAsync(HttpClient browser, Uri start, string email, string password, CancellationToken cancellationToken)
    {
        var response = await browser.GetAsync(start, cancellationToken);
        var here = start;
        for (var hops = 0; hops < 12; hops++)
        {
            if (response.Headers.Location is { } location)
            {
                here = new Uri(here, location);
                if (here.ToString().StartsWith(RedirectUri, StringComparison.Ordinal))
                    return here;
                response = await browser.GetAsync(here, cancellationToken);
                continue;
            }

            var page = await response.Content.ReadAsStringAsync(cancellationToken);
            if (hops > 6 || !page.Contains("type=\"password\"", StringComparison.Ordinal))
                throw new DemoFailedException($"The identity server showed no login page (HTTP {(int)response.StatusCode}).");
            (here, response) = await SubmitAsync(browser, here, page, email, password, cancellationToken);
        }

        throw new DemoFailedException("The sign-in went in circles.");
    }

    private static async Task<(Uri Here, HttpResponseMessage Response)> SubmitAsync(
        HttpClient browser, Uri here, string page, string email, string password, CancellationToken cancellationToken)
    {
        var form = LoginForm().Matches(page).Select(match => match.Value).First(text => text.Contains("type=\"password\"", StringComparison.Ordinal));
        var action = FormAction().Match(form) is { Success: true } match ? new Uri(here, WebUtility.HtmlDecode(match.Groups[1].Value)) : here;
        var fields = HiddenInput().Matches(form).Select(input => input.Value)
            .ToDictionary(input => Attribute(input, "name"), input => Attribute(input, "value"));
        fields["username"] = email;
        fields["password"] = password;
        using var content = new FormUrlEncodedContent(fields);
        return (action, await browser.PostAsync(action, content, cancellationToken));
    }

    private static async Task<string> RedeemAsync(HttpClient browser, string code, string verifier, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = ClientId,
            ["code"] = code,
            ["redirect_uri"] = RedirectUri,
            ["code_verifier"] = verifier,
        });
        using var response = await browser.PostAsync(new Uri("/realms/platform/protocol/openid-connect/token", UriKind.Relative), content, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.TryGetProperty("access_token", out var token) ? token.GetString()! : throw new DemoFailedException($"The identity server gave no token: {answer}");
    }

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex LoginForm();

    [GeneratedRegex("<form[^>]*\\baction=\"([^\"]*)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex HiddenInput();
}
