using System.Net;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Isolation.Tests.Contracts;
using Isolation.Tests.Installation;
using Platform.Errors;

namespace Isolation.Tests.Attacks;

/// <summary>Makes calls, whatever they are, by any way in.</summary>
internal sealed class Doors : IDisposable
{
    private static readonly Marshaller<byte[]> AsBytes = Marshallers.Create(bytes => bytes, bytes => bytes);
    private readonly Dictionary<string, GrpcChannel> _channels = [];
    private readonly Dictionary<string, HttpClient> _clients = [];

    public Doors(PlatformInstallation installation)
    {
        foreach (var host in installation.Hosts)
        {
            var address = new Uri($"http://{host.AppId}");
            _channels[host.AppId] = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = host.CreateHandler() });
            _clients[host.AppId] = new HttpClient(host.CreateHandler()) { BaseAddress = address, DefaultRequestVersion = HttpVersion.Version20 };
        }

        _channels[""] = GrpcChannel.ForAddress(installation.GatewayGrpc);
        _clients[""] = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = installation.GatewayRest };
    }

    /// <summary>The ways in that a call has.</summary>
    public static IReadOnlyList<Door> Of(Rpc rpc) => (rpc.IsPublic, rpc.Routes.Count > 0) switch
    {
        (true, true) => [Door.ServiceGrpc, Door.GatewayGrpc, Door.ServiceRest, Door.GatewayRest],
        (true, false) => [Door.ServiceGrpc, Door.GatewayGrpc],
        (false, true) => [Door.ServiceGrpc, Door.ServiceRest],
        _ => [Door.ServiceGrpc],
    };

    /// <summary>A client of one service, or with an empty name of the gateway.</summary>
    public HttpClient Rest(string appId) => _clients[appId];

    public Task<Answer> MakeAsync(Call call, CancellationToken cancellationToken) => call.Door switch
    {
        Door.ServiceGrpc => GrpcAsync(call, _channels[call.Rpc.AppId], cancellationToken),
        Door.GatewayGrpc => GrpcAsync(call, _channels[""], cancellationToken),
        Door.ServiceRest => RestAsync(call, _clients[call.Rpc.AppId], cancellationToken),
        _ => RestAsync(call, _clients[""], cancellationToken),
    };

    /// <summary>Sends bytes as the message of a unary call over gRPC.</summary>
    public async Task<Answer> MakeBytesAsync(Rpc rpc, Door door, string token, byte[] message, CancellationToken cancellationToken)
    {
        var invoker = _channels[door == Door.GatewayGrpc ? "" : rpc.AppId].CreateCallInvoker();
        var options = new CallOptions(new Metadata { { "authorization", $"Bearer {token}" } }, DateTime.UtcNow.AddSeconds(20), cancellationToken);
        try
        {
            using var unary = invoker.AsyncUnaryCall(MethodOf(rpc, MethodType.Unary), null, options, message);
            return new Answer("OK", Encoding.UTF8.GetString(await unary.ResponseAsync), [], []);
        }
        catch (RpcException exception)
        {
            return new Answer($"{exception.ToProblem().Extensions["code"]}", exception.Status.Detail, [], []);
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        foreach (var channel in _channels.Values)
            channel.Dispose();
    }

    private static async Task<Answer> GrpcAsync(Call call, GrpcChannel channel, CancellationToken cancellationToken)
    {
        var metadata = new Metadata();
        if (call.Token is not null)
            metadata.Add("authorization", $"Bearer {call.Token}");
        foreach (var (name, value) in call.Headers.Where(header => !string.Equals(header.Name, "host", StringComparison.OrdinalIgnoreCase)))
            metadata.Add(name, value);
        var options = new CallOptions(metadata, DateTime.UtcNow.AddSeconds(20), cancellationToken);
        var text = new StringBuilder();
        try
        {
            var invoker = channel.CreateCallInvoker();
            var messages = call.Rpc.Method switch
            {
                { IsClientStreaming: true } => await StreamAsync(call, invoker, options, text),
                { IsServerStreaming: true } => await ServerStreamAsync(call, invoker, options, text),
                _ => await UnaryAsync(call, invoker, options, text),
            };
            return new Answer("OK", text.ToString(), messages, []);
        }
        catch (RpcException exception)
        {
            AppendTo(text.AppendLine(exception.Status.Detail), exception.Trailers);
            var violations = exception.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations.Select(bad => bad.Field).ToList() ?? [];
            return new Answer($"{exception.ToProblem().Extensions["code"]}", text.ToString(), [], violations);
        }
    }

    private static async Task<List<IMessage>> UnaryAsync(Call call, CallInvoker invoker, CallOptions options, StringBuilder text)
    {
        using var unary = invoker.AsyncUnaryCall(MethodOf(call.Rpc, MethodType.Unary), null, options, call.Request.ToByteArray());
        AppendTo(text, await unary.ResponseHeadersAsync);
        var answer = await unary.ResponseAsync;
        AppendTo(text.AppendLine(Encoding.UTF8.GetString(answer)), unary.GetTrailers());
        return [call.Rpc.Method.OutputType.Parser.ParseFrom(answer)];
    }

    private static async Task<List<IMessage>> StreamAsync(Call call, CallInvoker invoker, CallOptions options, StringBuilder text)
    {
        using var stream = invoker.AsyncDuplexStreamingCall(MethodOf(call.Rpc, MethodType.DuplexStreaming), null, options);
        var messages = new List<IMessage>();
        try
        {
            await stream.RequestStream.WriteAsync(call.Request.ToByteArray(), options.CancellationToken);
            await stream.RequestStream.CompleteAsync();
        }
        catch (Exception refused) when (refused is RpcException or HttpRequestException or IOException or InvalidOperationException)
        {
            // The server had answered before it read: the answer says why.
        }

        await ReadAsync(call, stream.ResponseStream, messages, text, options.CancellationToken);
        AppendTo(text, await stream.ResponseHeadersAsync);
        AppendTo(text, stream.GetTrailers());
        return messages;
    }

    private static async Task<List<IMessage>> ServerStreamAsync(Call call, CallInvoker invoker, CallOptions options, StringBuilder text)
    {
        using var stream = invoker.AsyncServerStreamingCall(MethodOf(call.Rpc, MethodType.ServerStreaming), null, options, call.Request.ToByteArray());
        var messages = new List<IMessage>();
        await ReadAsync(call, stream.ResponseStream, messages, text, options.CancellationToken);
        AppendTo(text, await stream.ResponseHeadersAsync);
        AppendTo(text, stream.GetTrailers());
        return messages;
    }

    private static async Task ReadAsync(Call call, IAsyncStreamReader<byte[]> answers, List<IMessage> messages, StringBuilder text, CancellationToken cancellationToken)
    {
        await foreach (var answer in answers.ReadAllAsync(cancellationToken))
        {
            text.AppendLine(Encoding.UTF8.GetString(answer));
            messages.Add(call.Rpc.Method.OutputType.Parser.ParseFrom(answer));
        }
    }

    private static Method<byte[], byte[]> MethodOf(Rpc rpc, MethodType type) => new(type, rpc.Method.Service.FullName, rpc.Method.Name, AsBytes, AsBytes);

    private static async Task<Answer> RestAsync(Call call, HttpClient client, CancellationToken cancellationToken)
    {
        using var request = RestRequest.Write(call.Rpc.Routes[0], call.Request);
        if (call.Query.Length > 0)
            request.RequestUri = new Uri($"{request.RequestUri}{(request.RequestUri!.OriginalString.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{call.Query}", UriKind.Relative);
        if (call.Fields.Length > 0 && request.Content is StringContent body)
            request.Content = new StringContent(WithFields(await body.ReadAsStringAsync(cancellationToken), call.Fields), Encoding.UTF8, "application/json");
        if (call.Token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {call.Token}");
        foreach (var (name, value) in call.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await SendAsync(client, request, cancellationToken);
    }

    /// <summary>Sends a request that is no call of a contract, too.</summary>
    public static async Task<Answer> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await client.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        var text = new StringBuilder();
        foreach (var header in response.Headers.Concat(response.Content.Headers).Concat(response.TrailingHeaders))
            text.AppendLine($"{header.Key}: {string.Join(", ", header.Value)}");
        text.Append(body);
        return new Answer(CodeOf(response, body), text.ToString(), [], []);
    }

    private static string CodeOf(HttpResponseMessage response, string body)
    {
        if (response.IsSuccessStatusCode)
            return "OK";
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.TryGetProperty("code", out var code) ? code.GetString()! : $"{(int)response.StatusCode}";
        }
        catch (JsonException)
        {
            return $"{(int)response.StatusCode}";
        }
    }

    private static string WithFields(string json, string fields) => json.Trim() is "{}" or "{ }" ? $"{{{fields}}}" : $"{{{fields},{json.Trim()[1..]}";

    private static void AppendTo(StringBuilder text, Metadata metadata)
    {
        foreach (var entry in metadata)
            text.AppendLine($"{entry.Key}: {(entry.IsBinary ? Encoding.UTF8.GetString(entry.ValueBytes) : entry.Value)}");
    }
}
