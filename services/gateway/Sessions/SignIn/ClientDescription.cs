using System.Text.RegularExpressions;

namespace Platform.Gateway.Sessions.SignIn;

/// <summary>Tells a person's browsers apart for them; nothing depends on it, since a browser may say what it likes.</summary>
internal static partial class ClientDescription
{
    private const string Unknown = "Unknown";

    // In this order: most browsers also claim to be those further down.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("YaBrowser", "Yandex"), ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("HeadlessChrome", "Chrome"), ("Version", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Devices =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ];

    public static Origin Of(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        return new Origin(DeviceOf(agent), BrowserOf(agent), context.Connection.RemoteIpAddress?.MapToIPv4OrSelf().ToString());
    }

    internal static string BrowserOf(string agent)
    {
        var products = Product().Matches(agent).ToLookup(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);
        var (mark, name) = Browsers.FirstOrDefault(browser => products.Contains(browser.Mark));
        return name is null ? Unknown : $"{name} {products[mark].First()}";
    }

    internal static string DeviceOf(string agent) =>
        Devices.FirstOrDefault(device => agent.Contains(device.Mark, StringComparison.Ordinal)).Name ?? Unknown;

    private static System.Net.IPAddress MapToIPv4OrSelf(this System.Net.IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    [GeneratedRegex("([A-Za-z]{2,20})/([0-9]{1,6})")]
    private static partial Regex Product();
}
