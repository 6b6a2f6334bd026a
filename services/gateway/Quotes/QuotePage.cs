using Platform.Deals.V1;
using Platform.Gateway.Pages;
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
        return _page.WriteAsync(
            context,
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
        return _none.WriteAsync(
            context,
            ("language", words.Language),
            ("title", PageTemplate.Encode(gone ? words.UnknownTitle : words.UnavailableTitle)),
            ("message", PageTemplate.Encode(gone ? answer.Refusal : words.Unavailable)));
    }
}
