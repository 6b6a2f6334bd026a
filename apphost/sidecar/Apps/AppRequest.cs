using System.Net.Http.Headers;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Apps;

/// <summary>What an app answered to the sidecar's own request.</summary>
internal sealed record AppAnswer(int Status, ReadOnlyMemory<byte> Body) : IDisposable
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public void Dispose()
    {
        // Nothing is held; policies dispose what they do not return.
    }
}

/// <summary>A small request of the sidecar's own to an app, in the app's protocol.</summary>
internal static class AppRequest
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public static Task<AppAnswer> Post(AppChannel channel, string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        Post(channel, path, body, new Dictionary<string, string>(), cancellationToken);

    public static async Task<AppAnswer> Post(
        AppChannel channel, string path, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        using var slot = await channel.Enter(cancellationToken);
        return channel.Protocol == AppProtocol.Grpc
            ? await Invoke(channel, path, body, headers, cancellationToken)
            : await Send(channel, path, body, headers, cancellationToken);
    }

    private static async Task<AppAnswer> Send(
        AppChannel channel, string path, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        using var request = channel.Request(HttpMethod.Post, "/" + path.TrimStart('/'));
        request.Content = new ReadOnlyMemoryContent(body);
        request.Content.Headers.ContentType = Json;
        foreach (var (name, value) in headers)
        {
            if (name.Equals("content-type", StringComparison.OrdinalIgnoreCase) && MediaTypeHeaderValue.TryParse(value, out var type))
                request.Content.Headers.ContentType = type;
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await channel.Client.SendAsync(request, cancellationToken);
        return new AppAnswer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private static async Task<AppAnswer> Invoke(
        AppChannel channel, string path, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        var request = new InvokeRequest
        {
            Method = path,
            Data = new Any { Value = ByteString.CopyFrom(body.Span) },
            ContentType = "application/json",
            HttpExtension = new HTTPExtension { Verb = HTTPExtension.Types.Verb.Post },
        };
        using var call = channel.Invoke(request, Metadata(headers), cancellationToken);
        return new AppAnswer(200, (await call).Data?.Value.Memory ?? default);
    }

    /// <summary>What of the headers gRPC metadata can carry.</summary>
    public static Metadata Metadata(IReadOnlyDictionary<string, string> headers)
    {
        var metadata = new Metadata();
        foreach (var (name, value) in headers.Where(pair => pair.Key.All(IsNameCharacter) && pair.Value.All(char.IsAscii)))
            metadata.Add(name, value);
        return metadata;
    }

    private static bool IsNameCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.';
}
