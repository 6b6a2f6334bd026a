using System.Collections.Concurrent;
using System.Diagnostics;
using Platform.LocalPostgres.Processes;

namespace Dapr.Conformance.Harness;

/// <summary>A started sidecar; it cannot outlive the tests.</summary>
internal sealed class SidecarProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    public SidecarProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var clean = new Dictionary<string, string?> { ["DAPR_API_TOKEN"] = null, ["APP_API_TOKEN"] = null, ["NAMESPACE"] = null };
        foreach (var (name, value) in environment)
            clean[name] = value;
        _process = ChildProcess.Start(new(SidecarProgram.Path, [.. arguments]) { Environment = clean, Output = _output.Enqueue });
    }

    public string Output => string.Join('\n', _output);

    public bool HasExited => _process.HasExited;

    /// <summary>Waits until the path answers with success, or tells what the process said before it ended.</summary>
    public async Task WaitUntilReadyAsync(int httpPort, string path)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.Holds(async () =>
        {
            Assert.False(_process.HasExited, $"the sidecar ended:\n{Output}");
            try
            {
                using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{httpPort}{path}"));
                return response.IsSuccessStatusCode;
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        }, $"{path} is well:\n{Output}", seconds: 40);
    }

    public async Task<int> WaitForExitAsync(int seconds = 20)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void Send(Signal signal) => ChildProcess.Send(_process.Id, signal);

    public async Task KillAsync()
    {
        Send(Signal.Kill);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        if (SidecarProgram.LogFolder is { } folder)
            await File.WriteAllTextAsync(Path.Combine(folder, $"sidecar-{_process.Id}.log"), Output);
        _process.Dispose();
    }
}
