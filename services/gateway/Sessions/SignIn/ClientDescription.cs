using Platform.Devices;

namespace Platform.Gateway.Sessions.SignIn;

/// <summary>Tells a person's browsers apart for them; nothing depends on it, since a browser may say what it likes.</summary>
internal static class ClientDescription
{
    private const string Unknown = "Unknown";

    public static Origin Of(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        return new Origin(DeviceOf(agent), BrowserOf(agent), context.Connection.RemoteIpAddress?.MapToIPv4OrSelf().ToString());
    }

    internal static string BrowserOf(string agent) => UserAgent.Of(agent) is { Browser.Length: > 0 } known ? $"{known.Browser} {known.Version}" : Unknown;

    internal static string DeviceOf(string agent) => UserAgent.Of(agent).System is { Length: > 0 } system ? system : Unknown;

    private static System.Net.IPAddress MapToIPv4OrSelf(this System.Net.IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
