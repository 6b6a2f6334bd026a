using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Robustness;

/// <summary>Ten thousand inputs that are almost right: none of them may hang the sidecar, end it, or surprise it.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20260301;

    private static readonly (string Path, string Type, string Body)[] Requests =
    [
        ("/v1.0/state/statestore", "application/json", """[{"key":"k","value":{"a":[1,"x"]},"etag":"7b104dbd-1ae2-4772-bfa0-e29c7b89bc9b","options":{"concurrency":"first-write"},"metadata":{"ttlInSeconds":"10"}}]"""),
        ("/v1.0/state/statestore/bulk", "application/json", """{"keys":["k","l"],"parallelism":10,"metadata":{"a":"b"}}"""),
        ("/v1.0/state/statestore/transaction", "application/json", """{"operations":[{"operation":"upsert","request":{"key":"k","value":1}},{"operation":"delete","request":{"key":"l"}}],"metadata":{"a":"b"}}"""),
        ("/v1.0/publish/pubsub/topic", "application/json", """{"a":[1,2.5,"x",null]}"""),
        ("/v1.0/publish/pubsub/topic", "application/cloudevents+json", """{"id":"1","specversion":"1.0","type":"t","source":"s","datacontenttype":"application/json","data":{"a":1},"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}"""),
        ("/v1.0/publish/bulk/pubsub/topic", "application/json", """[{"entryId":"1","event":{"a":1},"contentType":"application/json","metadata":{"partitionKey":"p"}}]"""),
        ("/v1.0/bindings/files", "application/json", """{"operation":"create","data":{"a":1},"metadata":{"fileName":"a/b"}}"""),
        ("/v1.0/metadata/key", "text/plain", "value"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_spoiled_inputs_get_typed_errors()
    {
        await using var database = await TestDatabase.Create();
        await using var sidecar = new SoloSidecar();
        sidecar
            .Component("statestore", "state.postgresql", ("connectionString", database.ConnectionString))
            .Component("pubsub", "pubsub.embedded", ("connectionString", database.ConnectionString))
            .Component("files", "bindings.localstorage", ("rootPath", Path.Combine(sidecar.Folder, "files")));
        await sidecar.Start();
        using var http = sidecar.Http();
        http.Timeout = TimeSpan.FromSeconds(20);

        await InParallel(4_500, mutation => SendJson(http, mutation));
        await InParallel(1_000, mutation => SendPath(http, mutation));
        await InParallel(4_000, mutation => SendMessage(sidecar.GrpcPort, mutation));
        await InParallel(480, mutation => SendRaw(sidecar.HttpPort, mutation));

        Assert.DoesNotContain("fail:", sidecar.Process.Output, StringComparison.Ordinal);
        (await http.GetAsync("/v1.0/healthz", Cancel)).EnsureSuccessStatusCode();
        await sidecar.Dapr().SaveStateAsync("statestore", "after", 1, cancellationToken: Cancel);
    }

    [Fact]
    public async Task Resource_files_that_are_spoiled_start_nothing_or_are_explained_in_one_line()
    {
        const string Good = """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: tick
            spec:
              type: bindings.cron
              version: v1
              metadata:
                - name: schedule
                  value: "@every 1h"
            ---
            apiVersion: dapr.io/v1alpha1
            kind: Resiliency
            metadata: { name: resiliency }
            spec:
              policies: { timeouts: { short: 1s }, retries: { r: { policy: constant, maxRetries: 3 } } }
              targets: { apps: { app: { timeout: short, retry: r } } }
            scopes: [app]
            """;
        await InParallel(20, async mutation =>
        {
            await using var sidecar = new SoloSidecar();
            await File.WriteAllBytesAsync(Path.Combine(sidecar.Folder, "spoiled.yaml"), mutation.Spoil(Good), Cancel);
            var process = sidecar.Launch();
            await Eventually.Holds(() => process.HasExited || process.Output.Contains("dapr initialized", StringComparison.Ordinal), "it has started or ended");
            if (!process.HasExited)
                return;
            Assert.Equal(1, await process.WaitForExit());
            Assert.True(process.Output.Split('\n').Length == 1 && !process.Output.Contains("Unhandled", StringComparison.Ordinal), process.Output);
        }, width: 4);
    }

    // All that goes wrong is told at once.
    private static async Task InParallel(int count, Func<Mutation, Task> send, int width = 16)
    {
        var failures = new ConcurrentQueue<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = width, CancellationToken = Cancel };
        await Parallel.ForAsync(0, count, options, async (i, _) =>
        {
            try
            {
                await send(new Mutation(Seed + i));
            }
            catch (Exception error) when (!Cancel.IsCancellationRequested)
            {
                failures.Enqueue(error.Message);
            }
        });
        Assert.Empty(failures.Take(20));
    }

    private static async Task SendJson(HttpClient http, Mutation mutation)
    {
        var (path, type, body) = mutation.Pick(Requests);
        using var request = new HttpRequestMessage(path.Contains("metadata", StringComparison.Ordinal) ? HttpMethod.Put : HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(mutation.Spoil(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } },
        };
        using var response = await http.SendAsync(request, Cancel);
        await Check(response, $"{path} {await request.Content.ReadAsStringAsync(Cancel)}");
    }

    private static async Task SendPath(HttpClient http, Mutation mutation)
    {
        var path = Encoding.Latin1.GetString(mutation.Spoil(mutation.Pick(Requests).Path)).Replace('#', '?');
        var uri = new Uri("http://" + http.BaseAddress!.Authority + "/" + Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal).TrimStart('/'));
        using var request = new HttpRequestMessage(mutation.Pick<HttpMethod>([HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete, HttpMethod.Patch]), uri);
        using var response = await http.SendAsync(request, Cancel);
        await Check(response, uri.ToString(), anyBody: true);
    }

    private static async Task SendMessage(int port, Mutation mutation)
    {
        var method = mutation.Pick<MethodDescriptor>([.. DaprReflection.Descriptor.Services[0].Methods.Where(method => !method.IsClientStreaming && !method.IsServerStreaming && method.Name != "Shutdown")]);
        var message = mutation.Spoil(Sample(method.InputType).ToByteArray());
        var frame = new byte[message.Length + 5];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}/dapr.proto.runtime.v1.Dapr/{method.Name}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
            Headers = { TE = { new TransferCodingWithQualityHeaderValue("trailers") } },
        };
        using var response = await Grpc.SendAsync(request, Cancel);
        await response.Content.ReadAsByteArrayAsync(Cancel);
        var status = (response.TrailingHeaders.TryGetValues("grpc-status", out var trailer) || response.Headers.TryGetValues("grpc-status", out trailer)) ? trailer.Single() : "none";
        // 2 is what an exception becomes that nobody expected.
        Assert.True(status is not ("2" or "none"), $"{method.Name} {Convert.ToHexString(message)}: {status}");
    }

    // Bytes that are no HTTP at all: an answer or the end of the connection, and no waiting for more after the client said its last.
    private static async Task SendRaw(int port, Mutation mutation)
    {
        var (path, type, body) = mutation.Pick(Requests);
        var bytes = mutation.Spoil($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Cancel);
        var stream = client.GetStream();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await client.Client.SendAsync(bytes, limit.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            var answer = await new StreamReader(stream).ReadToEndAsync(limit.Token);
            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal), answer);
            Assert.DoesNotContain("ERR_INTERNAL", answer, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // The sidecar hung up.
        }
    }

    private static async Task Check(HttpResponseMessage response, string request, bool anyBody = false)
    {
        if (response.IsSuccessStatusCode)
            return;
        var body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.False(body.Contains("ERR_INTERNAL", StringComparison.Ordinal), $"{request}: {body}");
        if (!anyBody && body.Length > 0)
            Assert.False(string.IsNullOrEmpty((string?)JsonNode.Parse(body)!["errorCode"]) && !body.Contains("failedEntries", StringComparison.Ordinal), $"{request}: {body}");
    }

    private static IMessage Sample(MessageDescriptor type) => JsonParser(type, """{"storeName":"statestore","key":"k","keys":["k"],"pubsubName":"pubsub","topic":"topic","data":"eA==","name":"files","operation":"list","value":"x","states":[{"key":"k","value":"eA=="}],"operations":[{"operationType":"upsert","request":{"key":"k","value":"eA=="}}],"entries":[{"entryId":"1","event":"eA==","contentType":"text/plain"}],"instanceId":"i","workflowName":"w","id":"app","metadata":{"a":"b"}}""");

    private static IMessage JsonParser(MessageDescriptor type, string json)
    {
        try
        {
            return new JsonParser(Google.Protobuf.JsonParser.Settings.Default.WithIgnoreUnknownFields(true)).Parse(json, type);
        }
        catch (InvalidProtocolBufferException)
        {
            // A field of that name has another type here: an empty message will do.
            return type.Parser.ParseFrom(ByteString.Empty);
        }
    }

    private static readonly HttpMessageInvoker Grpc = new(new SocketsHttpHandler { UseProxy = false, EnableMultipleHttp2Connections = true });
}
