using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Demo;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

public sealed partial class SignupFacts(RunningStack stack)
{
    private const string Password = "a first sentence of my own";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_company_signs_up_and_its_administrator_sets_a_password_and_creates_a_contact()
    {
        var (slug, email) = ($"e2e-{Guid.NewGuid():N}"[..20], $"{Guid.NewGuid():N}@newcomer.example");
        using var anybody = new HttpClient { BaseAddress = stack.Gateway };
        using var begun = await anybody.PostAsJsonAsync(new Uri("/api/v1/automation/signups", UriKind.Relative), new
        {
            companyName = "Newcomer",
            slug,
            country = "DE",
            currency = "EUR",
            adminName = "Nina Newcomer",
            adminEmail = email,
            demoData = true,
        }, Token);
        Assert.True(begun.IsSuccessStatusCode, await begun.Content.ReadAsStringAsync(Token));
        var id = (await begun.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString();
        var status = "";
        await Eventually.HoldsAsync(async () =>
        {
            status = (await anybody.GetFromJsonAsync<JsonElement>($"/api/v1/automation/signups/{id}", Token)).GetProperty("status").GetString()!;
            return status != "PROCESS_STATUS_RUNNING";
        }, TimeSpan.FromMinutes(2));
        Assert.Equal("PROCESS_STATUS_COMPLETED", status);

        await SetPasswordAsync(await LinkAsync(email));
        using var nina = stack.HttpWith(await SignIn.GetTokenAsync(stack.Identity, email, Password, Token));
        var tenant = await nina.GetFromJsonAsync<JsonElement>("/api/v1/tenants/current", Token);
        Assert.Equal(slug, tenant.GetProperty("slug").GetString());
        using var person = await nina.PostAsJsonAsync(new Uri("/api/v1/contacts/people", UriKind.Relative), new { firstName = "First", lastName = "Customer" }, Token);
        Assert.Equal(HttpStatusCode.OK, person.StatusCode);
        var people = await nina.GetFromJsonAsync<JsonElement>("/api/v1/contacts/people", Token);
        Assert.Equal(4, people.GetProperty("people").GetArrayLength());
    }

    private async Task<string> LinkAsync(string email)
    {
        using var inbox = new HttpClient { BaseAddress = stack.Mail };
        await Eventually.HoldsAsync(async () => await stack.MailsToAsync(email) > 0);
        var page = await inbox.GetFromJsonAsync<JsonElement>($"/api/v1/messages?to={Uri.EscapeDataString(email)}", Token);
        var message = page.GetProperty("messages").EnumerateArray().First().GetProperty("id").GetString();
        return Link().Match((await inbox.GetFromJsonAsync<JsonElement>($"/api/v1/messages/{message}", Token)).GetProperty("text").GetString()!).Value;
    }

    // Each page has one form; the one with passwords gets the new one.
    private static async Task SetPasswordAsync(string link)
    {
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
        using var opened = await browser.GetAsync(new Uri(link), Token);
        var (here, page) = (opened.RequestMessage!.RequestUri!, await opened.Content.ReadAsStringAsync(Token));
        for (var pages = 0; pages < 6 && Form().Match(page) is { Success: true } form && !page.Contains("data-done=\"steps\"", StringComparison.Ordinal); pages++)
        {
            var fields = Hidden().Matches(form.Value).ToDictionary(field => field.Groups["name"].Value, field => WebUtility.HtmlDecode(field.Groups["value"].Value));
            if (form.Value.Contains("password-new", StringComparison.Ordinal))
                (fields["password-new"], fields["password-confirm"]) = (Password, Password);
            using var content = new FormUrlEncodedContent(fields);
            using var answer = await browser.PostAsync(new Uri(here, WebUtility.HtmlDecode(form.Groups["action"].Value)), content, Token);
            (here, page) = (answer.RequestMessage!.RequestUri!, await answer.Content.ReadAsStringAsync(Token));
        }

        Assert.Contains("data-done=\"steps\"", page, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"https?://\S+/login-actions/action-token\S+")]
    private static partial Regex Link();

    [GeneratedRegex("""<form[^>]*action="(?<action>[^"]*)".*?</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)">""")]
    private static partial Regex Hidden();
}
