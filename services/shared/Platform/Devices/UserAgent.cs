using System.Text.RegularExpressions;

namespace Platform.Devices;

/// <summary>A browser and its device in words, read from what the browser says of itself; it may say what it likes.</summary>
/// <param name="Browser">Its name, such as "Firefox"; empty where it is unknown.</param>
/// <param name="Version">Its major version; empty where the browser is unknown.</param>
/// <param name="System">The device or its operating system: "iPhone", "Windows"; empty where it is unknown.</param>
public sealed partial record UserAgent(string Browser, string Version, string System)
{
    // In this order: most browsers also claim to be those further down.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("YaBrowser", "Yandex"), ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("HeadlessChrome", "Chrome"), ("Version", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ];

    /// <summary>Reads the User-Agent header.</summary>
    public static UserAgent Of(string header)
    {
        var products = Product().Matches(header).ToLookup(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);
        var (mark, browser) = Browsers.FirstOrDefault(known => products.Contains(known.Mark));
        var system = Systems.FirstOrDefault(known => header.Contains(known.Mark, StringComparison.Ordinal)).Name;
        return new UserAgent(browser ?? "", mark is null ? "" : products[mark].First(), system ?? "");
    }

    /// <summary>"Firefox on Windows", or what is known of it; empty where nothing is.</summary>
    public string InWords => (Browser, System) switch
    {
        ("", var system) => system,
        (var browser, "") => browser,
        var (browser, system) => $"{browser} on {system}",
    };

    [GeneratedRegex("([A-Za-z]{2,20})/([0-9]{1,6})")]
    private static partial Regex Product();
}
