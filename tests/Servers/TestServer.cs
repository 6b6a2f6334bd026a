using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Platform.LocalPostgres;
using Platform.LocalPostgres.Processes;

namespace Platform.TestServers;

/// <summary>A server as a child process: on a port of its own, stopped and started again at will, gone when this process ends.</summary>
public abstract class TestServer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    /// <summary>TCP port on 127.0.0.1; the same after a restart.</summary>
    public int Port { get; } = TestPorts.Next();

    /// <summary>What a client is told.</summary>
    public abstract string Endpoint { get; }

    /// <summary>What the server said.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>The process to start.</summary>
    protected abstract ChildProcessOptions Command();

    /// <summary>Starts the server, or starts it again with the data that it had; returns when it answers.</summary>
    /// <exception cref="InvalidOperationException">It ended, or does not answer within two minutes.</exception>
    public virtual async Task StartAgainAsync()
    {
        _process = ChildProcess.Start(Command() with { Output = _output.Enqueue });
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await AnswersAsync())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > Limit)
                throw new InvalidOperationException($"{GetType().Name} does not answer on port {Port}:\n{Output}");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Ends the server; its data stay.</summary>
    public virtual async Task StopAsync()
    {
        if (_process is not { HasExited: false } process)
            return;
        ChildProcess.Send(process.Id, Signal.Terminate);
        using var patience = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(patience.Token);
    }

    /// <summary>Kills the server, as a machine that loses power.</summary>
    public async Task KillAsync()
    {
        if (_process is not { HasExited: false } process)
            return;
        ChildProcess.Send(process.Id, Signal.Kill);
        await process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether the server says about the connection what a server in order says.</summary>
    protected abstract Task<bool> GreetsAsync(NetworkStream stream);

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return await GreetsAsync(client.GetStream());
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return false;
        }
    }
}
