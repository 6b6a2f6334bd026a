using System.Text;
using Platform.Contacts.V1;
using static Platform.Gateway.Sites.SitePage;

namespace Platform.Gateway.Sites;

/// <summary>The page of a form by which anybody becomes a lead. It works without scripts; what is refused is said at its field, with what was typed.</summary>
internal sealed class LeadFormPage(SiteDoor door, SitePage page)
{
    private const long MaxBody = 256 * 1024;
    private const string Values = "values.";
    private const string Consents = "consents.";
    private const string Sent = "sent";

    // The stamp of a form that stood open for too long is worth nothing any more.
    private const string Expired = "FORM_EXPIRED";

    public async Task ShowAsync(HttpContext context, string site, string form)
    {
        var answer = await door.FormAsync(context, site, form);
        if (answer.Value is not { } open)
            await page.WriteNoneAsync(context, answer.Status);
        else if (context.Request.Query.ContainsKey(Sent))
            await WriteAsync(context, site, form, open, ThanksOf(open), isIndexed: false);
        else
            await WriteAsync(context, site, form, open, FormOf(site, form, open, new SubmitOpenFormRequest { Stamp = open.Stamp }, null), isIndexed: true);
    }

    public async Task SubmitAsync(HttpContext context, string site, string form)
    {
        var answers = await ReadAsync(context, site, form);
        var sent = await door.SubmitAsync(context, answers);
        if (sent.Value is not null)
        {
            // 303: whatever the form was sent with, the next page is read.
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = $"{PathOf(site, form)}?{Sent}";
            return;
        }

        var opened = sent.Status == StatusCodes.Status404NotFound ? null : (await door.FormAsync(context, site, form)).Value;
        if (opened is null)
        {
            await page.WriteNoneAsync(context, sent.Status);
            return;
        }

        context.Response.StatusCode = sent.Status;
        if (sent.Code == Expired)
            answers.Stamp = opened.Stamp;
        await WriteAsync(context, site, form, opened, FormOf(site, form, opened, answers, sent), isIndexed: false);
    }

    private static string PathOf(string site, string form) => $"/forms/{Uri.EscapeDataString(site)}/{Uri.EscapeDataString(form)}";

    private static async Task<SubmitOpenFormRequest> ReadAsync(HttpContext context, string site, string form)
    {
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MaxBody;
        var answers = new SubmitOpenFormRequest { Site = site, Form = form };
        if (!context.Request.HasFormContentType)
            return answers;
        foreach (var (name, value) in await context.Request.ReadFormAsync(context.RequestAborted))
        {
            if (name.StartsWith(Values, StringComparison.Ordinal))
                answers.Values[name[Values.Length..]] = value.ToString();
            else if (name.StartsWith(Consents, StringComparison.Ordinal))
                answers.Consents.Add(name[Consents.Length..]);
            else if (name == "stamp")
                answers.Stamp = value.ToString();
            else if (name == "website")
                answers.Website = value.ToString();
        }

        return answers;
    }

    private Task WriteAsync(HttpContext context, string site, string form, OpenForm open, string content, bool isIndexed) => page.WriteAsync(
        context, open.Site,
        new SiteHead(open.Title, open.Introduction.Length > 0 ? ArticleText.Beginning(open.Introduction) : $"{open.Title} — {open.Site.Title}", PathOf(site, form)) { Indexed = isIndexed, Logo = $"{PathOf(site, form)}/logo" },
        // Each reader has a stamp of their own.
        content, cached: false);

    private static string ThanksOf(OpenForm open)
    {
        var words = SiteWords.Current;
        return $"<div class=\"blank\" role=\"status\"><h1>{Encode(words.ThanksTitle)}</h1><p>{Encode(open.Thanks.Length > 0 ? open.Thanks : words.Thanks)}</p></div>";
    }

    private static string FormOf(string site, string form, OpenForm open, SubmitOpenFormRequest typed, SiteAnswer<SubmitOpenFormResponse>? refused)
    {
        var words = SiteWords.Current;
        var content = new StringBuilder($"<h1>{Encode(open.Title)}</h1>");
        if (open.Introduction.Length > 0)
            content.Append($"<p class=\"introduction\">{Encode(open.Introduction)}</p>");
        if (refused is not null)
            content.Append($"<p class=\"refusal\" role=\"alert\">{Encode(refused.Faults.Count > 0 ? words.Wrong : refused.Detail.Length > 0 ? refused.Detail : words.Unavailable)}</p>");
        content.Append($"<form class=\"ask\" method=\"post\" action=\"{Encode(PathOf(site, form))}\" novalidate>");
        foreach (var field in open.Fields)
            content.Append(FormField.Of(field, typed.Values.GetValueOrDefault(field.Path, ""), refused?.Faults.GetValueOrDefault(Values + field.Path) ?? "", words));
        foreach (var consent in open.Consents)
            content.Append(FormField.Of(consent, typed.Consents.Contains(consent.Key), refused?.Faults.GetValueOrDefault(Consents + consent.Key) ?? ""));
        // Nobody sees it, and who cannot see is told to leave it.
        content.Append($"<div class=\"away\" aria-hidden=\"true\"><label>{Encode(words.Leave)}<input name=\"website\" tabindex=\"-1\" autocomplete=\"off\"></label></div>");
        return content.Append($"<input type=\"hidden\" name=\"stamp\" value=\"{Encode(typed.Stamp)}\"><button class=\"main\">{Encode(words.Send)}</button></form>").ToString();
    }
}
