using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Tenants.SignIns;

/// <summary>By what a device is known again, as a hash: see docs/adr/0017-known-devices.md.</summary>
internal static class DeviceKeys
{
    private const int CookieBytes = 32;

    /// <summary>The browser's own cookie; null for what is none.</summary>
    public static byte[]? OfCookie(string cookie)
    {
        var bytes = new byte[CookieBytes];
        return cookie.Length <= 64 && Base64Url.TryDecodeFromChars(cookie, bytes, out var written) && written == CookieBytes ? SHA256.HashData(bytes) : null;
    }

    /// <summary>What is left to go by without a cookie: application, kind of browser, and network.</summary>
    public static byte[] OfTraits(string clientId, string device, string address) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{clientId}\n{device}\n{NetworkOf(address)}"));

    // Homes and offices keep these bits while single addresses come and go.
    internal static string NetworkOf(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
            return address;
        var bytes = (parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed).GetAddressBytes();
        bytes.AsSpan(parsed.AddressFamily == AddressFamily.InterNetwork || bytes.Length == 4 ? 3 : 6).Clear();
        return new IPAddress(bytes).ToString();
    }
}
