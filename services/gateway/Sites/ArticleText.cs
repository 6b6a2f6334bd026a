using Ganss.Xss;
using Markdig;

namespace Platform.Gateway.Sites;

/// <summary>
/// Markdown as HTML that anybody may be shown: what is HTML in it stays text, and of what the Markdown makes only known elements
/// with harmless addresses are left. The page's policy runs no scripts besides.
/// </summary>
internal static class ArticleText
{
    private const int LongestDescription = 160;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().UseEmphasisExtras().UseTaskLists().Build();

    private static readonly HtmlSanitizerOptions Allowed = new()
    {
        AllowedTags = new HashSet<string>(["h2", "h3", "h4", "h5", "h6", "p", "a", "em", "strong", "del", "sub", "sup", "mark", "ins", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "br", "table", "thead", "tbody", "tr", "th", "td", "input"]),
        AllowedAttributes = new HashSet<string>(["href", "title", "start", "type", "checked", "disabled"]),
        AllowedSchemes = new HashSet<string>(["https", "http", "mailto", "tel"]),
        UriAttributes = new HashSet<string>(["href"]),
    };

    /// <summary>The text as HTML. Its headings begin below the title of the page; pictures of other hosts are links.</summary>
    public static string ToHtml(string markdown)
    {
        // One for each text: the library's own are not for several threads at once.
        var sanitizer = new HtmlSanitizer(Allowed) { KeepChildNodes = true };
        sanitizer.PostProcessNode += (_, processed) =>
        {
            if (processed.Node is AngleSharp.Html.Dom.IHtmlAnchorElement anchor)
                anchor.SetAttribute("rel", "nofollow noopener");
            // Of inputs there are the boxes of task lists, which nobody may tick.
            if (processed.Node is AngleSharp.Html.Dom.IHtmlInputElement input && (input.Type != "checkbox" || !input.HasAttribute("disabled")))
                input.Remove();
        };
        return sanitizer.Sanitize(Lowered(Markdown.ToHtml(markdown, Pipeline)));
    }

    /// <summary>The beginning of the text without its marks, for those who show where a page leads.</summary>
    public static string Beginning(string markdown)
    {
        var text = string.Join(' ', Markdown.ToPlainText(markdown, Pipeline).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length <= LongestDescription)
            return text;
        var end = text.LastIndexOf(' ', LongestDescription);
        return $"{text[..(end > 0 ? end : LongestDescription)]}…";
    }

    // The title of the page is the only heading of the first level.
    private static string Lowered(string html) => html.Replace("<h1>", "<h2>", StringComparison.Ordinal).Replace("</h1>", "</h2>", StringComparison.Ordinal);
}
