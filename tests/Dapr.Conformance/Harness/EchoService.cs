using System.Collections.Concurrent;
using Dapr.Conformance.V1;
using Grpc.Core;

namespace Dapr.Conformance.Harness;

/// <summary>A service that no sidecar knows; it answers each kind of call.</summary>
internal sealed class EchoService(EchoService.Log log) : Echo.EchoBase
{
    public sealed class Log
    {
        public ConcurrentQueue<Metadata> Headers { get; } = new();
        public int Cancellations;
    }

    public override async Task<EchoMessage> Say(EchoMessage request, ServerCallContext context)
    {
        log.Headers.Enqueue(context.RequestHeaders);
        var word = request.Text.Length < 100 ? request.Text : "much";
        context.ResponseTrailers.Add("said", word);
        await context.WriteResponseHeadersAsync(new Metadata { { "heard", word } });
        if (request.Text == "fail")
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "as you wish"), new Metadata { { "why", "asked" } });
        if (request.Text == "hang")
            await HangAsync(context.CancellationToken);
        return request;
    }

    public override async Task Repeat(EchoMessage request, IServerStreamWriter<EchoMessage> responseStream, ServerCallContext context)
    {
        for (var number = 0; number < request.Count; number++)
            await responseStream.WriteAsync(new EchoMessage { Text = request.Text, Count = number });
        context.ResponseTrailers.Add("sent", $"{request.Count}");
        if (request.Text == "hang")
            await HangAsync(context.CancellationToken);
    }

    public override async Task<EchoMessage> Collect(IAsyncStreamReader<EchoMessage> requestStream, ServerCallContext context)
    {
        var all = new EchoMessage();
        await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
            (all.Text, all.Count) = (all.Text + message.Text, all.Count + 1);
        return all;
    }

    public override async Task Converse(IAsyncStreamReader<EchoMessage> requestStream, IServerStreamWriter<EchoMessage> responseStream, ServerCallContext context)
    {
        await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
            await responseStream.WriteAsync(message);
    }

    private async Task HangAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref log.Cancellations);
            throw;
        }
    }
}
