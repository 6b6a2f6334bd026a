using System.Text;
using Platform.Automation.V1;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Gateway.Web;
using static Platform.Gateway.Sites.SitePage;

namespace Platform.Gateway.Sites;

/// <summary>The pages by which a company signs up. They work without scripts: the second one waits a moment for the end, so that most people are told it at once.</summary>
internal sealed class SignupPage(SiteDoor door, SitePage page, IConfiguration configuration)
{
    /// <summary>Where it is.</summary>
    public const string Path = "/signup";

    private const long MaxBody = 64 * 1024;
    private const int Questions = 20;
    private const string Taken = "SIGNUP_TAKEN";
    private const string Values = "values.";

    // A field of the page, and what the sign-up calls it.
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["company_name"] = "companyName",
        ["slug"] = "slug",
        ["country"] = "country",
        ["currency"] = "currency",
        ["name"] = "adminName",
        ["email"] = "adminEmail",
        ["demo_data"] = "demoData",
    };

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly Site Ours = new() { Title = "Platform", Radius = 8 };

    public Task ShowAsync(HttpContext context) => WriteAsync(context, FormOf(new() { ["currency"] = "EUR", ["demo_data"] = "true" }, null));

    public async Task SubmitAsync(HttpContext context)
    {
        var typed = await ReadAsync(context);
        // Nobody sees this field: what fills it in is thanked, and makes nothing.
        if (typed.GetValueOrDefault("website", "").Length > 0)
        {
            await WriteAsync(context, Said(SignupWords.Current.DoneTitle, SignupWords.Current.Done, "", ""));
            return;
        }

        var answer = await door.BeginSignupAsync(context, SignupOf(typed));
        if (answer.Value is { } begun)
        {
            // 303: whatever the form was sent with, the next page is read.
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = $"{Path}/{Uri.EscapeDataString(begun.Id)}";
            return;
        }

        context.Response.StatusCode = answer.Status;
        await WriteAsync(context, FormOf(typed, answer));
    }

    public async Task TellAsync(HttpContext context, string id)
    {
        var answer = await door.GetSignupAsync(context, id);
        for (var asked = 1; answer.Value is { Status: ProcessStatus.Running } && asked < Questions && !context.RequestAborted.IsCancellationRequested; asked++)
        {
            await Task.Delay(Pause, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            answer = await door.GetSignupAsync(context, id);
        }

        if (answer.Value is { } signup)
            await WriteAsync(context, StateOf(signup));
        else
            await page.WriteNoneAsync(context, answer.Status);
    }

    private static async Task<Dictionary<string, string>> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MaxBody;
        var typed = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!context.Request.HasFormContentType)
            return typed;
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        foreach (var name in Names.Keys)
            typed[name] = form[Values + name].ToString().Trim();
        typed["website"] = form["website"].ToString();
        return typed;
    }

    // Codes are read in capitals, however they were typed.
    private static Signup SignupOf(Dictionary<string, string> typed) => new()
    {
        CompanyName = typed.GetValueOrDefault("company_name", ""),
        Slug = typed.GetValueOrDefault("slug", ""),
        Country = typed.GetValueOrDefault("country", "").ToUpperInvariant(),
        Currency = typed.GetValueOrDefault("currency", "").ToUpperInvariant(),
        AdminName = typed.GetValueOrDefault("name", ""),
        AdminEmail = typed.GetValueOrDefault("email", ""),
        DemoData = typed.GetValueOrDefault("demo_data", "") == "true",
    };

    private static string FormOf(Dictionary<string, string> typed, SiteAnswer<Signup>? refused)
    {
        var (words, site) = (SignupWords.Current, SiteWords.Current);
        var content = new StringBuilder($"<h1>{Encode(words.Title)}</h1><p class=\"introduction\">{Encode(words.Introduction)}</p>");
        if (refused is not null)
            content.Append($"<p class=\"refusal\" role=\"alert\">{Encode(refused.Faults.Count > 0 ? site.Wrong : refused.Detail.Length > 0 ? refused.Detail : site.Unavailable)}</p>");
        content.Append($"<form class=\"ask\" method=\"post\" action=\"{Path}\" novalidate>");
        foreach (var (name, label, type) in ((string, string, string)[])
            [("company_name", words.Company, "text"), ("slug", words.Slug, "text"), ("country", words.Country, "text"), ("currency", words.Currency, "text"), ("name", words.Name, "text"), ("email", words.Email, "email"), ("demo_data", words.DemoData, "boolean")])
        {
            var field = new OpenFormField { Path = name, Label = label, Type = type, Required = type != "boolean" };
            content.Append(FormField.Of(field, typed.GetValueOrDefault(name, ""), refused?.Faults.GetValueOrDefault($"signup.{Names[name]}") ?? "", site));
        }

        // Nobody sees it, and who cannot see is told to leave it.
        content.Append($"<div class=\"away\" aria-hidden=\"true\"><label>{Encode(site.Leave)}<input name=\"website\" tabindex=\"-1\" autocomplete=\"off\"></label></div>");
        return content.Append($"<button class=\"main\">{Encode(words.Begin)}</button></form>").ToString();
    }

    private static string Said(string title, string text, string address, string link) =>
        $"<div class=\"blank\" role=\"status\"><h1>{Encode(title)}</h1><p>{Encode(text)}</p>{(link.Length == 0 ? "" : $"<p class=\"more\"><a href=\"{Encode(address)}\">{Encode(link)}</a></p>")}</div>";

    private string StateOf(Signup signup)
    {
        var words = SignupWords.Current;
        return signup.Status switch
        {
            ProcessStatus.Completed => Said(words.DoneTitle, words.Done, configuration.HasWeb() ? WebSetup.Path : "/", words.SignIn),
            ProcessStatus.Running => Said(words.RunningTitle, words.Running, $"{Path}/{Uri.EscapeDataString(signup.Id)}", words.Look),
            _ => Said(words.UndoneTitle, signup.Error == Taken ? words.Taken : words.Undone, Path, words.Again),
        };
    }

    private Task WriteAsync(HttpContext context, string content) => page.WriteAsync(
        context, Ours, new SiteHead(SignupWords.Current.Title, SignupWords.Current.Introduction, Path) { Home = "/", Indexed = context.Request.Path == Path && HttpMethods.IsGet(context.Request.Method) }, content, cached: false);
}
