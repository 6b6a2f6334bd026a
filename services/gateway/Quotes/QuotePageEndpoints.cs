using Platform.Gateway.Limits;
using Platform.Invocation;
using Platform.Languages;

namespace Platform.Gateway.Quotes;

/// <summary>Where the link of a quote leads, and where its forms go. Opening it changes nothing, so that who only looks ahead answers nothing.</summary>
internal static class QuotePageEndpoints
{
    private const string Client = "quotes-sidecar";

    public static void AddQuotePages(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<QuotePage>();
        builder.Services.AddSidecarClient(Client, SidecarAddress.From(builder.Configuration), TimeSpan.FromSeconds(15));
        builder.Services.AddSingleton(provider =>
            new QuoteLinks(provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client), provider.GetRequiredService<ILogger<QuoteLinks>>()));
    }

    public static void MapQuotePages(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("/q/{token}").AllowAnonymous().LimitQuoteLinks(endpoints.ServiceProvider)
            .WithMetadata(new RefusalPage(context => endpoints.ServiceProvider.GetRequiredService<QuotePage>().WriteNoneAsync(context, new LinkAnswer(null, StatusCodes.Status429TooManyRequests, ""))));
        pages.MapGet("", (HttpContext context, string token, QuoteLinks links, QuotePage page) => ShowAsync(context, token, links, page, AnswerForm.Empty, new LinkAnswer(null, StatusCodes.Status200OK, "")));
        pages.MapGet("/document.pdf", WriteDocumentAsync);
        pages.MapGet("/logo", WriteLogoAsync);
        pages.MapPost("/accept", AcceptAsync);
        pages.MapPost("/decline", DeclineAsync);
    }

    private static async Task WriteDocumentAsync(HttpContext context, string token, QuoteLinks links, QuotePage page)
    {
        var (file, answer) = await links.ReadDocumentAsync(context, token);
        if (file is null)
        {
            await page.WriteNoneAsync(context, answer);
            return;
        }

        context.Response.ContentType = "application/pdf";
        context.Response.Headers.ContentDisposition = "inline; filename=\"quote.pdf\"";
        await context.Response.Body.WriteAsync(file.Content, context.RequestAborted);
    }

    private static async Task WriteLogoAsync(HttpContext context, string token, QuoteLinks links, QuotePage page)
    {
        var (file, answer) = await links.ReadLogoAsync(context, token);
        if (file is null)
        {
            await page.WriteNoneAsync(context, answer);
            return;
        }

        context.Response.ContentType = file.ContentType;
        // With a secret in its address: for this browser alone.
        context.Response.Headers.CacheControl = "private, max-age=3600";
        await context.Response.Body.WriteAsync(file.Content, context.RequestAborted);
    }

    private static async Task AcceptAsync(HttpContext context, string token, QuoteLinks links, QuotePage page)
    {
        var form = await AnswerForm.ReadAsync(context);
        await AnswerAsync(context, token, links, page, form, await links.AcceptAsync(context, token, form));
    }

    private static async Task DeclineAsync(HttpContext context, string token, QuoteLinks links, QuotePage page)
    {
        var form = await AnswerForm.ReadAsync(context);
        await AnswerAsync(context, token, links, page, form, await links.DeclineAsync(context, token, form));
    }

    private static async Task AnswerAsync(HttpContext context, string token, QuoteLinks links, QuotePage page, AnswerForm form, LinkAnswer answer)
    {
        if (answer.Quote is null)
        {
            await ShowAsync(context, token, links, page, form, answer);
            return;
        }

        // 303: whatever the form was sent with, the next page is read.
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = PathOf(token);
    }

    private static async Task ShowAsync(HttpContext context, string token, QuoteLinks links, QuotePage page, AnswerForm typed, LinkAnswer answer)
    {
        var opened = await links.OpenAsync(context, token, SpokenLanguage.Current);
        if (opened.Quote is not { } quote)
        {
            await page.WriteNoneAsync(context, opened);
            return;
        }

        context.Response.StatusCode = answer.Status;
        var refusal = answer.Status == StatusCodes.Status200OK || answer.Refusal.Length > 0 ? answer.Refusal : QuoteWords.Of(quote.Language).UnavailableTitle;
        await page.WriteAsync(context, quote, PathOf(token), typed, refusal);
    }

    private static string PathOf(string token) => $"/q/{Uri.EscapeDataString(token)}";
}
