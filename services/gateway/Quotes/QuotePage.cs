using Platform.CustomFields.V1;
using Platform.Deals.V1;
using Platform.Gateway.Pages;
using Platform.Gateway.Sites;
using Platform.Languages;

namespace Platform.Gateway.Quotes;

/// <summary>The page where a customer sees a quote and answers it, in the language of the quote.</summary>
internal sealed class QuotePage(IConfiguration configuration)
{
    private readonly PageTemplate _page = new("quote.html", configuration, "quote.css");
    private readonly PageTemplate _none = new("quote-none.html", configuration, "quote.css");

    /// <summary>The quote, with what the customer typed where that was refused.</summary>
    public Task WriteAsync(HttpContext context, LinkedQuote quote, string path, AnswerForm typed, string refusal)
    {
        var words = QuoteWords.Of(quote.Language);
        var view = new QuoteView(quote, words);
        var theme = SitePage.ThemeOf(quote.Site ?? new Site());
        return _page.WriteAsync(
            context,
            theme,
            ("theme", theme),
            ("brand", BrandOf(quote.Site, path)),
            ("language", words.Language),
            ("title", PageTemplate.Encode($"{words.Document.Title} {quote.Number}")),
            ("heading", view.Heading),
            ("name", PageTemplate.Encode(quote.Name)),
            ("validLabel", PageTemplate.Encode(words.Document.ValidUntil)),
            ("valid", view.ValidUntil),
            ("state", view.State),
            ("refusal", refusal.Length == 0 ? "" : $"""<p class="state no" role="alert">{PageTemplate.Encode(refusal)}</p>"""),
            ("parties", view.Parties),
            ("introduction", view.Introduction),
            ("item", PageTemplate.Encode(words.Document.Item)),
            ("quantity", PageTemplate.Encode(words.Document.Quantity)),
            ("price", PageTemplate.Encode(words.Document.Price)),
            ("tax", PageTemplate.Encode(words.Document.Tax)),
            ("amount", PageTemplate.Encode(words.Document.Amount)),
            ("lines", view.Lines),
            ("totals", view.Totals),
            ("terms", view.Terms),
            ("forms", view.Forms(path, typed)),
            ("document", $"""<a href="{path}/document.pdf">{PageTemplate.Encode(words.Pdf)}</a>"""),
            ("checksumLabel", PageTemplate.Encode(words.Checksum)),
            ("checksum", PageTemplate.Encode(quote.ContentHash)));
    }

    /// <summary>Why there is nothing to show, in the language of the browser.</summary>
    public Task WriteNoneAsync(HttpContext context, LinkAnswer answer)
    {
        var words = QuoteWords.Of(SpokenLanguage.Current);
        var gone = answer.Refusal.Length > 0;
        context.Response.StatusCode = answer.Status;
        var theme = SitePage.ThemeOf(new Site());
        return _none.WriteAsync(
            context,
            theme,
            ("theme", theme),
            ("language", words.Language),
            ("title", PageTemplate.Encode(gone ? words.UnknownTitle : words.UnavailableTitle)),
            ("message", PageTemplate.Encode(gone ? answer.Refusal : words.Unavailable)));
    }

    // Whose page it is; a logo has a box of its own, so that nothing moves when the picture comes.
    private static string BrandOf(Site? site, string path) => site switch
    {
        null => "",
        { HasLogo: true } => $"""<p class="brand"><img src="{path}/logo" alt="{PageTemplate.Encode(site.Title)}" width="160" height="40"></p>""",
        _ => $"""<p class="brand">{PageTemplate.Encode(site.Title)}</p>""",
    };
}
