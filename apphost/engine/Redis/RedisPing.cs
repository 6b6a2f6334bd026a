using System.Net.Sockets;
using System.Text;

namespace Platform.LocalHost.Redis;

/// <summary>Asks a Redis server whether it is well.</summary>
internal static class RedisPing
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Null when it is, else what it says, or why it cannot be asked.</summary>
    public static async Task<string?> CheckAsync(string host, int port, string? user, string? password, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Limit);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, deadline.Token);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            if (password is { Length: > 0 } && await AskAsync(stream, reader, user is null ? ["AUTH", password] : ["AUTH", user, password], deadline.Token) is var login and not "+OK")
                return login;
            return await AskAsync(stream, reader, ["PING"], deadline.Token) is var answer and not "+PONG" ? answer : null;
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

    private static async Task<string> AskAsync(NetworkStream stream, StreamReader reader, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var command = new StringBuilder($"*{words.Count}\r\n");
        foreach (var word in words)
            command.Append($"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command.ToString()), cancellationToken);
        return await reader.ReadLineAsync(cancellationToken) ?? "it closed the connection";
    }
}
