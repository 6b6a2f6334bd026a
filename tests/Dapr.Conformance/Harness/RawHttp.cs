using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dapr.Conformance.Harness;

/// <summary>A request byte for byte: HttpClient tidies up paths.</summary>
internal sealed class RawHttp
{
    private RawHttp(int status, IReadOnlyDictionary<string, string> headers) => (Status, Headers) = (status, headers);

    public int Status { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    public static Task<RawHttp> GetAsync(int port, string target) => SendAsync(port, $"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

    public static async Task<RawHttp> SendAsync(int port, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var status = await reader.ReadLineAsync() ?? throw new IOException("no answer");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            headers[line.Split(':')[0]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return new RawHttp(int.Parse(status.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), headers);
    }

}
