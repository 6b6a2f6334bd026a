using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.WebUtilities;
using Platform.CustomFields.V1;
using Platform.Languages;
using Platform.Records.V1;
using static Platform.Gateway.Sites.SitePage;

namespace Platform.Gateway.Sites;

/// <summary>The pages of a knowledge base: the list, with a search and categories; an article; the map for search engines.</summary>
internal sealed class KnowledgeBase(SiteDoor door, SiteMaps maps, SitePage page)
{
    private const int LongestQuery = 200;

    public async Task ListAsync(HttpContext context, string site)
    {
        var query = Of(context, "q").Trim();
        var (category, token) = (Of(context, "category"), Of(context, "page"));
        var answer = await door.ListAsync(context, site, query.Length > LongestQuery ? query[..LongestQuery] : query, category, token);
        if (answer.Value is not { } list)
        {
            await page.WriteNoneAsync(context, answer.Status);
            return;
        }

        var narrowed = query.Length > 0 || token.Length > 0;
        var chosen = list.Categories.FirstOrDefault(known => known.Key == category);
        var title = chosen is null ? list.Title : $"{list.Title}: {chosen.Label}";
        var path = chosen is null ? PathOf(site) : QueryHelpers.AddQueryString(PathOf(site), "category", chosen.Key);
        await page.WriteAsync(
            context, list.Site,
            HeadOf(site, title, $"{title} — {list.Site.Title}", path) with
            {
                // Results of a search are no page of their own.
                Indexed = !narrowed,
                Data = new Dictionary<string, object> { ["@context"] = "https://schema.org", ["@type"] = "CollectionPage", ["name"] = title, ["url"] = page.BaseOf(context) + path },
            },
            ContentOf(site, list, query, category));
    }

    public async Task ShowAsync(HttpContext context, string site, string slug)
    {
        var answer = await door.GetAsync(context, site, slug);
        if (answer.Value is not { Record: { } record } found)
        {
            await page.WriteNoneAsync(context, answer.Status);
            return;
        }

        var description = record.Summary.Length > 0 ? record.Summary : ArticleText.Beginning(record.Body);
        await page.WriteAsync(
            context, found.Site,
            HeadOf(site, record.Title, description, PathOf(site, record.Slug)) with { Kind = "article", Data = DataOf(record, found.Site, description, page.BaseOf(context) + PathOf(site, record.Slug)) },
            ArticleOf(site, record));
    }

    public async Task MapAsync(HttpContext context, string site)
    {
        var known = await maps.GetAsync(context, site);
        if (known.Status != StatusCodes.Status200OK)
        {
            await page.WriteNoneAsync(context, known.Status);
            return;
        }

        var origin = page.BaseOf(context);
        var map = new StringBuilder("""<?xml version="1.0" encoding="UTF-8"?>""").AppendLine().AppendLine("""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">""");
        map.AppendLine(CultureInfo.InvariantCulture, $"<url><loc>{Encode(origin + PathOf(site))}</loc></url>");
        foreach (var (slug, day) in known.Articles)
            map.AppendLine(CultureInfo.InvariantCulture, $"<url><loc>{Encode(origin + PathOf(site, slug))}</loc><lastmod>{day:yyyy-MM-dd}</lastmod></url>");
        context.Response.ContentType = "application/xml; charset=utf-8";
        await SendAsync(context, map.AppendLine("</urlset>").ToString(), cached: true);
    }

    private static string PathOf(string site) => $"/kb/{Uri.EscapeDataString(site)}";

    private static string PathOf(string site, string slug) => $"{PathOf(site)}/{Uri.EscapeDataString(slug)}";

    private static SiteHead HeadOf(string site, string title, string description, string path) =>
        new(title, description, path) { Map = $"{PathOf(site)}/sitemap.xml", Logo = $"{PathOf(site)}/-/logo", Home = PathOf(site) };

    private static string ContentOf(string site, ListPublishedResponse list, string query, string category)
    {
        var words = SiteWords.Current;
        var content = new StringBuilder($"<h1>{Encode(list.Title)}</h1>");
        content.Append($"""<form class="search" action="{PathOf(site)}" role="search"><input type="search" name="q" value="{Encode(query)}" maxlength="{LongestQuery}" aria-label="{Encode(words.Search)}" placeholder="{Encode(words.Search)}">{(category.Length > 0 ? $"<input type=\"hidden\" name=\"category\" value=\"{Encode(category)}\">" : "")}<button>{Encode(words.SearchButton)}</button></form>""");
        if (list.Categories.Count > 0)
            content.Append($"<nav class=\"chips\" aria-label=\"{Encode(words.Categories)}\">{Chip(PathOf(site), words.All, category.Length == 0)}{string.Concat(list.Categories.Select(known => Chip(QueryHelpers.AddQueryString(PathOf(site), "category", known.Key), known.Label, known.Key == category)))}</nav>");
        if (query.Length > 0)
            content.Append($"<h2 class=\"found\">{Encode(string.Format(CultureInfo.InvariantCulture, words.Results, query))}</h2>");
        content.Append(list.Records.Count == 0
            ? $"<p class=\"nothing\">{Encode(query.Length + category.Length > 0 ? words.NothingFound : words.Nothing)}</p>"
            : $"<ul class=\"articles\">{string.Concat(list.Records.Select(record => CardOf(site, record, words)))}</ul>");
        if (list.NextPageToken.Length > 0)
            content.Append($"<p><a class=\"more\" rel=\"nofollow\" href=\"{Encode(QueryHelpers.AddQueryString(PathOf(site), new Dictionary<string, string?> { ["q"] = query, ["category"] = category, ["page"] = list.NextPageToken }))}\">{Encode(words.More)}</a></p>");
        return content.ToString();
    }

    private static string Chip(string address, string label, bool isChosen) => $"<a href=\"{Encode(address)}\"{(isChosen ? " aria-current=\"page\"" : "")}>{Encode(label)}</a>";

    private static string CardOf(string site, PublishedRecord record, SiteWords words) =>
        $"<li><a href=\"{Encode(PathOf(site, record.Slug))}\">{Encode(record.Title)}</a>{(record.Summary.Length > 0 ? $"<p>{Encode(record.Summary)}</p>" : "")}{AboutOf(record, words)}</li>";

    private static string ArticleOf(string site, PublishedRecord record)
    {
        var words = SiteWords.Current;
        return $"<nav class=\"back\"><a href=\"{Encode(PathOf(site))}\">{Encode(words.Back)}</a></nav><article><h1>{Encode(record.Title)}</h1>{AboutOf(record, words)}<div class=\"text\">{ArticleText.ToHtml(record.Body)}</div></article>";
    }

    private static string AboutOf(PublishedRecord record, SiteWords words)
    {
        var day = Day(record.UpdateTime);
        var updated = string.Format(CultureInfo.InvariantCulture, words.Updated, $"<time datetime=\"{day:yyyy-MM-dd}\">{Encode(WrittenLanguage.Find(words.Language).Date(day))}</time>");
        return $"<p class=\"about\">{(record.Category is { } category ? $"<span class=\"category\">{Encode(category.Label)}</span> " : "")}<span>{updated}</span></p>";
    }

    private static Dictionary<string, object> DataOf(PublishedRecord record, Site site, string description, string address) => new()
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "Article",
        ["headline"] = record.Title,
        ["description"] = description,
        ["datePublished"] = record.CreateTime.ToDateTime().ToString("O", CultureInfo.InvariantCulture),
        ["dateModified"] = record.UpdateTime.ToDateTime().ToString("O", CultureInfo.InvariantCulture),
        ["mainEntityOfPage"] = address,
        ["publisher"] = new Dictionary<string, object> { ["@type"] = "Organization", ["name"] = site.Title },
    };

    private static DateOnly Day(Timestamp time) => DateOnly.FromDateTime(time.ToDateTime());

    private static string Of(HttpContext context, string name) => context.Request.Query[name].FirstOrDefault() ?? "";
}
