using System.Net;
using Dapr.Client;
using Dapr.Client.Autogen.Grpc.v1;
using Dapr.Conformance.Harness;
using Dapr.Conformance.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Dapr.Conformance.Invocation;

/// <summary>Calls to an app that speaks gRPC: carried as they are, or turned into <c>OnInvoke</c> (contract §1.5).</summary>
public sealed class GrpcInvocationTests(InvocationApps apps) : GrpcInvocationFacts(apps), IClassFixture<InvocationApps>;

/// <summary>The same from one sidecar process to another.</summary>
public sealed class SeparateGrpcInvocationTests(SeparateApps apps) : GrpcInvocationFacts(apps), IClassFixture<SeparateApps>;

public abstract class GrpcInvocationFacts(InvocationApps apps)
{
    private readonly Echo.EchoClient _echo = new(DaprClient.CreateInvocationInvoker("classic", apps.Caller.GrpcAddress.ToString()));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_unary_call_is_carried_with_its_headers_and_trailers()
    {
        using var call = _echo.SayAsync(new EchoMessage { Text = "hello" }, new Metadata { { "mine", "1" } }, cancellationToken: Cancel);
        Assert.Equal("hello", (await call).Text);
        Assert.Equal("hello", (await call.ResponseHeadersAsync).GetValue("heard"));
        Assert.Equal("hello", call.GetTrailers().GetValue("said"));
        var headers = apps.EchoLog.Headers.Last(entry => entry.GetValue("mine") == "1");
        Assert.Equal("caller", headers.GetValue("dapr-caller-app-id"));
    }

    [Fact]
    public async Task A_failure_keeps_its_status_text_and_trailers()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await _echo.SayAsync(new EchoMessage { Text = "fail" }, cancellationToken: Cancel));
        Assert.Equal((StatusCode.FailedPrecondition, "as you wish"), (failure.StatusCode, failure.Status.Detail));
        Assert.Equal("asked", failure.Trailers.GetValue("why"));
    }

    [Fact]
    public async Task A_servers_stream_is_carried()
    {
        using var call = _echo.Repeat(new EchoMessage { Text = "again", Count = 50 }, cancellationToken: Cancel);
        var numbers = new List<int>();
        await foreach (var message in call.ResponseStream.ReadAllAsync(Cancel))
            numbers.Add(message.Count);
        Assert.Equal(Enumerable.Range(0, 50), numbers);
        Assert.Equal("50", call.GetTrailers().GetValue("sent"));
    }

    [Fact]
    public async Task A_clients_stream_is_carried()
    {
        using var call = _echo.Collect(cancellationToken: Cancel);
        foreach (var text in (string[])["a", "b", "c"])
            await call.RequestStream.WriteAsync(new EchoMessage { Text = text }, Cancel);
        await call.RequestStream.CompleteAsync();
        Assert.Equal(("abc", 3), ((await call).Text, (await call).Count));
    }

    [Fact]
    public async Task Both_sides_of_a_conversation_are_carried_as_they_come()
    {
        using var call = _echo.Converse(cancellationToken: Cancel);
        foreach (var number in Enumerable.Range(0, 10))
        {
            await call.RequestStream.WriteAsync(new EchoMessage { Count = number }, Cancel);
            Assert.True(await call.ResponseStream.MoveNext(Cancel));
            Assert.Equal(number, call.ResponseStream.Current.Count);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Cancel));
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_in_the_app()
    {
        var before = apps.EchoLog.Cancellations;
        using var cancel = new CancellationTokenSource();
        using var call = _echo.Repeat(new EchoMessage { Text = "hang", Count = 1 }, cancellationToken: cancel.Token);
        Assert.True(await call.ResponseStream.MoveNext(Cancel));
        await cancel.CancelAsync();
        await Eventually.Holds(() => apps.EchoLog.Cancellations > before, "the app sees the cancellation");
    }

    [Fact]
    public async Task A_deadline_passes()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await _echo.SayAsync(new EchoMessage { Text = "hang" }, deadline: DateTime.UtcNow.AddMilliseconds(500), cancellationToken: Cancel));
        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
    }

    [Fact]
    public async Task A_large_message_is_carried()
    {
        var text = new string('x', 3_000_000);
        Assert.Equal(text.Length, (await _echo.SayAsync(new EchoMessage { Text = text }, cancellationToken: Cancel)).Text.Length);
    }

    [Fact]
    public async Task A_service_that_nobody_knows_needs_the_id_of_an_app()
    {
        var direct = new Echo.EchoClient(apps.Caller.Channel());
        await Errors.AssertFailsAsync(
            async () => await direct.SayAsync(new EchoMessage(), cancellationToken: Cancel), StatusCode.InvalidArgument, "required metadata dapr-callee-app-id or dapr-app-id not found");
    }

    [Fact]
    public async Task What_dapr_has_not_implemented_says_so_instead_of_going_to_an_app()
    {
        var method = new Method<Empty, Empty>(MethodType.Unary, "dapr.proto.runtime.v1.Dapr", "NoSuchMethod", Empties, Empties);
        await Errors.AssertFailsAsync(
            async () => await apps.Caller.Channel().CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(cancellationToken: Cancel), new Empty()), StatusCode.Unimplemented);
    }

    [Fact]
    public async Task A_call_over_http_becomes_an_invocation()
    {
        using var http = apps.Caller.Http();
        using var response = await http.PutAsync(new Uri("/v1.0/invoke/classic/method/orders/7?a=1&b=2", UriKind.Relative), Errors.Json("{\"x\":1}"), Cancel);
        Assert.Equal("{\"x\":1}", await response.Content.ReadAsStringAsync(Cancel));
        var invoked = apps.Callbacks.Invocations.Last(request => request.Method == "orders/7");
        Assert.Equal(HTTPExtension.Types.Verb.Put, invoked.HttpExtension.Verb);
        Assert.Equal("a=1&b=2", invoked.HttpExtension.Querystring);
        Assert.StartsWith("application/json", invoked.ContentType, StringComparison.Ordinal);
        Assert.Equal("{\"x\":1}", invoked.Data.Value.ToStringUtf8());
    }

    [Theory]
    [InlineData("InvalidArgument", 400)]
    [InlineData("Unauthenticated", 401)]
    [InlineData("PermissionDenied", 403)]
    [InlineData("NotFound", 404)]
    [InlineData("AlreadyExists", 409)]
    [InlineData("ResourceExhausted", 429)]
    [InlineData("Unimplemented", 501)]
    [InlineData("Unavailable", 503)]
    [InlineData("DeadlineExceeded", 504)]
    public async Task A_status_of_the_app_becomes_one_of_http(string grpc, int http)
    {
        using var client = apps.Caller.Http();
        using var response = await client.PostAsync(new Uri($"/v1.0/invoke/classic/method/{grpc}", UriKind.Relative), Errors.Json("{}"), Cancel);
        Assert.Equal(http, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("classic")]
    [InlineData("callee")]
    [InlineData("multiplexed")]
    public async Task The_older_invocation_reaches_apps_of_every_protocol(string app)
    {
        var message = new InvokeRequest
        {
            Method = "echo",
            Data = new Any { Value = ByteString.CopyFromUtf8("{\"x\":1}") },
            ContentType = "application/json",
            HttpExtension = new HTTPExtension { Verb = HTTPExtension.Types.Verb.Post },
        };
        var response = await apps.Caller.Raw().InvokeServiceAsync(new InvokeServiceRequest { Id = app, Message = message }, cancellationToken: Cancel);
        Assert.Equal("{\"x\":1}", response.Data.Value.ToStringUtf8());
        Assert.StartsWith("application/json", response.ContentType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_older_invocation_turns_a_status_of_http_into_one_of_grpc()
    {
        var message = new InvokeRequest { Method = "status/404", HttpExtension = new HTTPExtension { Verb = HTTPExtension.Types.Verb.Get } };
        await Errors.AssertFailsAsync(
            async () => await apps.Caller.Raw().InvokeServiceAsync(new InvokeServiceRequest { Id = "callee", Message = message }, cancellationToken: Cancel), StatusCode.NotFound);
    }

    private static readonly Marshaller<Empty> Empties = new(message => message.ToByteArray(), Empty.Parser.ParseFrom);
}
