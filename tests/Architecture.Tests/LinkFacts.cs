using System.Text.RegularExpressions;
using Xunit;

namespace Architecture.Tests;

/// <summary>A page that another page promises is there.</summary>
public sealed partial class LinkFacts
{
    private static readonly string[] Folders = ["docs", "apphost", "clients", "deploy", "protos", "services", "tests"];

    [Fact]
    public void Every_link_within_the_repository_leads_somewhere()
    {
        var links = Pages().SelectMany(page => LinksOf(page).Select(link => (Page: Repository.Relative(page), Link: link, Target: Target(page, link)))).ToList();
        Assert.True(links.Count > 100, $"{links.Count} links were found.");
        Assert.Empty(links.Where(link => !File.Exists(link.Target) && !Directory.Exists(link.Target)).Select(link => $"{link.Page}: {link.Link}"));
    }

    [Fact]
    public void Every_link_into_a_page_names_one_of_its_headings()
    {
        var links = Pages().SelectMany(page => LinksOf(page).Where(link => link.Contains('#', StringComparison.Ordinal)).Select(link => (Page: page, Link: link)))
            .Where(link => Target(link.Page, link.Link).EndsWith(".md", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(links);
        Assert.Empty(links.Where(link => !HeadingsOf(Target(link.Page, link.Link)).Contains(link.Link.Split('#')[1])).Select(link => $"{Repository.Relative(link.Page)}: {link.Link}"));
    }

    private static IEnumerable<string> Pages() => Repository.Files("*.md", Folders).Append(Path.Combine(Repository.Root, "README.md"));

    // What stands in a block of code is no link.
    private static IEnumerable<string> LinksOf(string page) => Link().Matches(Code().Replace(File.ReadAllText(page), "")).Select(match => match.Groups["to"].Value).Where(link => !Scheme().IsMatch(link));

    private static string Target(string page, string link) => link.Split('#')[0] is { Length: > 0 } path ? Path.GetFullPath(path, Path.GetDirectoryName(page)!) : page;

    // As GitHub makes them: small letters and hyphens, and nothing of the punctuation.
    private static HashSet<string> HeadingsOf(string page) => [.. Heading().Matches(File.ReadAllText(page)).Select(heading => Punctuation().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\[[^\]]*\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^[a-z]+:")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^#+ (?<text>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
