using Grpc.Core;
using Platform.Sidecar.Tests.V1;

namespace Platform.Sidecar.Tests.Harness;

/// <summary>Answers each kind of call, and says what it saw of the metadata.</summary>
internal sealed class EchoService : Echo.EchoBase
{
    public static int Cancellations;

    /// <summary>How often "flaky" is still to fail.</summary>
    public static int Failures;

    public override async Task<EchoMessage> Say(EchoMessage request, ServerCallContext context)
    {
        if (request.Text == "flaky" && Failures-- > 0)
            throw new RpcException(new Status(StatusCode.Unavailable, "flaky"));
        context.ResponseTrailers.Add("said", request.Text);
        await context.WriteResponseHeadersAsync(new Metadata { { "caller", context.RequestHeaders.GetValue("dapr-caller-app-id") ?? "" } });
        if (request.Text == "fail")
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "as you wish"), new Metadata { { "why", "asked" } });
        if (request.Text == "hang")
            await Hang(context.CancellationToken);
        return request.Text == "metadata" ? new EchoMessage { Text = string.Join('\n', context.RequestHeaders.Select(entry => $"{entry.Key}={entry.Value}")) } : request;
    }

    public override async Task Repeat(EchoMessage request, IServerStreamWriter<EchoMessage> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < request.Count; i++)
            await responseStream.WriteAsync(new EchoMessage { Text = request.Text, Count = i });
        context.ResponseTrailers.Add("sent", $"{request.Count}");
        if (request.Text == "hang")
            await Hang(context.CancellationToken);
    }

    public override async Task<EchoMessage> Collect(IAsyncStreamReader<EchoMessage> requestStream, ServerCallContext context)
    {
        var all = new EchoMessage();
        await foreach (var message in requestStream.ReadAllAsync())
            (all.Text, all.Count) = (all.Text + message.Text, all.Count + 1);
        return all;
    }

    public override async Task Converse(IAsyncStreamReader<EchoMessage> requestStream, IServerStreamWriter<EchoMessage> responseStream, ServerCallContext context)
    {
        await foreach (var message in requestStream.ReadAllAsync())
            await responseStream.WriteAsync(message);
    }

    private static async Task Hang(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref Cancellations);
            throw;
        }
    }
}
