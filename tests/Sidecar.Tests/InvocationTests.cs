using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Platform.Sidecar.Tests.Harness;
using Platform.Sidecar.Tests.V1;

namespace Platform.Sidecar.Tests;

public sealed class InvocationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http")]
    [InlineData("h2c")]
    public async Task Any_verb_path_and_answer_is_carried_as_it_is(string protocol)
    {
        await using var stack = await TestStack.Create();
        stack.App("caller");
        var app = stack.App("app", protocol);
        app.OnRequest = async context =>
        {
            var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync(Cancel);
            context.Response.StatusCode = 418;
            context.Response.Headers["x-answer"] = "yes";
            await context.Response.WriteAsync($"{context.Request.Method} {target} {body} {context.Request.Headers["dapr-caller-app-id"]} {context.Request.Headers["traceparent"]}", Cancel);
        };
        await app.Start();
        await stack.Start();
        using var http = stack.Http("caller");
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        foreach (var verb in (string[])["GET", "POST", "PUT", "PATCH", "DELETE"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(verb), "/v1.0/invoke/app/method/a%2Fb/c?x=%20y&z=1");
            request.Headers.Add("traceparent", Trace);
            request.Content = verb == "GET" ? null : new StringContent("body");
            using var response = await http.SendAsync(request, Cancel);
            Assert.Equal(418, (int)response.StatusCode);
            Assert.Equal("yes", response.Headers.GetValues("x-answer").Single());
            Assert.Equal($"{verb} /a%2Fb/c?x=%20y&z=1 {(verb == "GET" ? "" : "body")} caller {Trace}", await response.Content.ReadAsStringAsync(Cancel));
        }

        using var byHeader = new HttpRequestMessage(HttpMethod.Get, "/direct?q=1");
        byHeader.Headers.Add("dapr-app-id", "app");
        using var direct = await http.SendAsync(byHeader, Cancel);
        Assert.StartsWith("GET /direct?q=1 ", await direct.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_stream_both_ways()
    {
        await using var stack = await TestStack.Create();
        var app = stack.App("app");
        app.OnRequest = async context =>
        {
            var (buffer, total) = (new byte[16 * 1024], 0);
            while (await context.Request.Body.ReadAsync(buffer, Cancel) is var read and > 0)
            {
                total += read;
                await context.Response.WriteAsync($"[{total}]", Cancel);
                await context.Response.Body.FlushAsync(Cancel);
            }
        };
        await app.Start();
        await stack.Start();

        // By hand, since an HTTP/1.1 client of .NET sends all before it reads. The app answers while most of the body is still to come.
        using var connection = new System.Net.Sockets.TcpClient("127.0.0.1", stack.HttpPort("app"));
        await using var stream = connection.GetStream();
        await stream.WriteAsync("POST /v1.0/invoke/app/method/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), Cancel);
        var answer = "";
        for (var part = 1; part <= 4; part++)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"40000\r\n{new string('x', 0x40000)}\r\n"), Cancel);
            answer = await ReadUntil(stream, answer, $"[{part * 0x40000}]");
        }

        await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), Cancel);
        await ReadUntil(stream, answer, "[1048576]\r\n0\r\n\r\n");
    }

    /// <summary>All that has been read so far, once the end is in it: one read may bring more than what is waited for.</summary>
    private static async Task<string> ReadUntil(Stream stream, string text, string end)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var buffer = new byte[1024];
        while (!text.Contains(end, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, limit.Token);
            Assert.True(read > 0, $"The connection ended before {end}: {text[^Math.Min(text.Length, 200)..]}");
            text += Encoding.ASCII.GetString(buffer, 0, read);
        }

        return text;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_beyond_the_limit_is_refused(bool chunked)
    {
        await using var stack = await TestStack.Create();
        stack.AppSettings = "maxBodySize: 64Ki";
        var app = await stack.App("app").Start();
        app.OnRequest = async context => await context.Request.Body.CopyToAsync(Stream.Null, Cancel);
        await stack.Start();
        using var http = stack.Http("app");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.0/invoke/app/method/x") { Content = new ByteArrayContent(new byte[1 << 20]) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task An_app_that_is_unknown_or_down_is_told_in_daprs_words()
    {
        await using var stack = await TestStack.Create();
        stack.App("caller");
        stack.App("down");
        await stack.Start();
        using var http = stack.Http("caller");

        using var unknown = await http.GetAsync("/v1.0/invoke/nobody/method/x", Cancel);
        Assert.Equal(500, (int)unknown.StatusCode);
        var error = JsonNode.Parse(await unknown.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal("ERR_DIRECT_INVOKE", (string)error["errorCode"]!);
        Assert.StartsWith("failed to invoke, id: nobody, err: ", (string)error["message"]!, StringComparison.Ordinal);
        using var down = await http.GetAsync("/v1.0/invoke/down/method/x", Cancel);
        Assert.Equal("ERR_DIRECT_INVOKE", (string)JsonNode.Parse(await down.Content.ReadAsStringAsync(Cancel))!["errorCode"]!);
        using var nameless = await http.GetAsync("/v1.0/invoke/", Cancel);
        Assert.Equal(404, (int)nameless.StatusCode);

        using var channel = stack.Grpc("caller");
        var client = new Echo.EchoClient(channel);
        var noId = await Assert.ThrowsAsync<RpcException>(() => client.SayAsync(new EchoMessage(), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, noId.StatusCode);
        Assert.Equal("failed to proxy request: required metadata dapr-callee-app-id or dapr-app-id not found", noId.Status.Detail);
        var noApp = await Assert.ThrowsAsync<RpcException>(() => client.SayAsync(new EchoMessage(), To("down"), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, noApp.StatusCode);
    }

    [Fact]
    public async Task All_four_kinds_of_grpc_calls_are_proxied()
    {
        await using var stack = await TestStack.Create();
        stack.App("caller");
        await stack.App("app").Start();
        await stack.Start();
        using var channel = stack.Grpc("caller");
        var client = new Echo.EchoClient(channel);

        using var unary = client.SayAsync(new EchoMessage { Text = "hello" }, To("app"), cancellationToken: Cancel);
        Assert.Equal("hello", (await unary).Text);
        Assert.Equal("caller", (await unary.ResponseHeadersAsync).GetValue("caller"));
        Assert.Equal("hello", unary.GetTrailers().GetValue("said"));

        using var repeat = client.Repeat(new EchoMessage { Text = "again", Count = 100 }, To("app"), cancellationToken: Cancel);
        Assert.Equal(Enumerable.Range(0, 100), (await repeat.ResponseStream.ReadAllAsync(Cancel).ToListAsync(Cancel)).Select(message => message.Count));
        Assert.Equal("100", repeat.GetTrailers().GetValue("sent"));

        using var collect = client.Collect(To("app"), cancellationToken: Cancel);
        foreach (var text in (string[])["a", "b", "c"])
            await collect.RequestStream.WriteAsync(new EchoMessage { Text = text }, Cancel);
        await collect.RequestStream.CompleteAsync();
        Assert.Equal("abc", (await collect).Text);

        using var converse = client.Converse(To("app"), cancellationToken: Cancel);
        for (var i = 0; i < 5; i++)
        {
            await converse.RequestStream.WriteAsync(new EchoMessage { Count = i }, Cancel);
            Assert.True(await converse.ResponseStream.MoveNext(Cancel));
            Assert.Equal(i, converse.ResponseStream.Current.Count);
        }

        await converse.RequestStream.CompleteAsync();
        Assert.False(await converse.ResponseStream.MoveNext(Cancel));
    }

    [Fact]
    public async Task Errors_deadlines_and_cancellation_of_grpc_calls_are_carried()
    {
        await using var stack = await TestStack.Create();
        stack.App("caller");
        await stack.App("app").Start();
        await stack.Start();
        using var channel = stack.Grpc("caller");
        var client = new Echo.EchoClient(channel);

        var failure = await Assert.ThrowsAsync<RpcException>(() => client.SayAsync(new EchoMessage { Text = "fail" }, To("app"), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal((StatusCode.FailedPrecondition, "as you wish"), (failure.StatusCode, failure.Status.Detail));
        Assert.Equal("asked", failure.Trailers.GetValue("why"));

        var cancelledBefore = EchoService.Cancellations;
        var late = await Assert.ThrowsAsync<RpcException>(() =>
            client.SayAsync(new EchoMessage { Text = "hang" }, To("app"), DateTime.UtcNow.AddMilliseconds(300), Cancel).ResponseAsync);
        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        await Eventually.Holds(() => EchoService.Cancellations > cancelledBefore, "the app saw the deadline");

        cancelledBefore = EchoService.Cancellations;
        using (var stream = client.Repeat(new EchoMessage { Text = "hang", Count = 1 }, To("app"), cancellationToken: Cancel))
            Assert.True(await stream.ResponseStream.MoveNext(Cancel));
        await Eventually.Holds(() => EchoService.Cancellations > cancelledBefore, "the app saw the cancellation");

        using var unknownService = stack.Grpc("caller");
        var method = new Method<EchoMessage, EchoMessage>(
            MethodType.Unary, "dapr.proto.runtime.v1.Dapr", "ConverseAlpha2", V1Marshaller, V1Marshaller);
        var unimplemented = await Assert.ThrowsAsync<RpcException>(() =>
            unknownService.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(cancellationToken: Cancel), new EchoMessage()).ResponseAsync);
        Assert.Equal(StatusCode.Unimplemented, unimplemented.StatusCode);
    }

    [Fact]
    public async Task Tokens_are_asked_for_and_given()
    {
        await using var stack = await TestStack.Create();
        stack.Environment["DAPR_API_TOKEN"] = "to-sidecar";
        stack.Environment["APP_API_TOKEN"] = "to-app";
        var app = stack.App("app");
        app.OnRequest = context => context.Response.WriteAsync(context.Request.Headers["dapr-api-token"].ToString(), Cancel);
        await app.Subscribe("deals").Start();
        await stack.Start();
        using var http = stack.Http("app");

        using var refused = await http.GetAsync("/v1.0/invoke/app/method/x", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("invalid api token", await refused.Content.ReadAsStringAsync(Cancel));
        http.DefaultRequestHeaders.Add("dapr-api-token", "to-sidecar");
        Assert.Equal("to-app", await http.GetStringAsync("/v1.0/invoke/app/method/x", Cancel));

        using var channel = stack.Grpc("app");
        var client = new Echo.EchoClient(channel);
        var unauthenticated = await Assert.ThrowsAsync<RpcException>(() => client.SayAsync(new EchoMessage(), To("app"), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.Unauthenticated, unauthenticated.StatusCode);
        var metadata = To("app");
        metadata.Add("dapr-api-token", "to-sidecar");
        var seen = await client.SayAsync(new EchoMessage { Text = "metadata" }, metadata, cancellationToken: Cancel);
        Assert.Contains("dapr-api-token=to-app", seen.Text.Split('\n'));

        await Eventually.Holds(() => !app.ProbeHeaders.IsEmpty, "the subscriptions were read");
        Assert.Equal("to-app", app.ProbeHeaders.First()["dapr-api-token"]);
    }

    private static readonly Marshaller<EchoMessage> V1Marshaller = Marshallers.Create(
        message => Google.Protobuf.MessageExtensions.ToByteArray(message), bytes => EchoMessage.Parser.ParseFrom(bytes));

    private static Metadata To(string app) => new() { { "dapr-app-id", app } };
}
