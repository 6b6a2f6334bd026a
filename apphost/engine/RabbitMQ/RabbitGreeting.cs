using System.Net.Sockets;

namespace Platform.LocalHost.RabbitMQ;

/// <summary>Asks whether a RabbitMQ server listens: it answers the greeting of any AMQP 0-9-1 client.</summary>
internal static class RabbitGreeting
{
    private const byte MethodFrame = 1;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly byte[] Greeting = [(byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1];

    /// <summary>Null when it is, else why not.</summary>
    public static async Task<string?> CheckAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Limit);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, deadline.Token);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Greeting, deadline.Token);
            var answer = new byte[1];
            return await stream.ReadAsync(answer, deadline.Token) == 1 && answer[0] == MethodFrame ? null : "what listens there is no RabbitMQ server";
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return failure.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Limit.TotalSeconds:0} s";
        }
    }
}
