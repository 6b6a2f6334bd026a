namespace Platform.Gateway.Sites;

/// <summary>What stands in the head of a public page.</summary>
/// <param name="Title">Of the page; the site's follows by itself.</param>
/// <param name="Description">What search engines and those who share the page show; empty for none.</param>
/// <param name="Path">The one address of the page: /kb/acme/opening-hours.</param>
internal sealed record SiteHead(string Title, string Description, string Path)
{
    /// <summary>Whether search engines may list it. Default: yes.</summary>
    public bool Indexed { get; init; } = true;

    /// <summary>The kind in the Open Graph: "website" or "article".</summary>
    public string Kind { get; init; } = "website";

    /// <summary>What machines are told, as JSON-LD; null for nothing.</summary>
    public object? Data { get; init; }

    /// <summary>Where the map of the site is; empty for none.</summary>
    public string Map { get; init; } = "";

    /// <summary>Where the logo is, where the site has one.</summary>
    public string Logo { get; init; } = "";

    /// <summary>Where the name of the site leads; empty for nowhere.</summary>
    public string Home { get; init; } = "";
}
