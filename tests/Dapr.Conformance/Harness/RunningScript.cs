using System.Collections.Concurrent;
using System.Diagnostics;
using Platform.LocalPostgres.Processes;

namespace Dapr.Conformance.Harness;

/// <summary>A process of Node.</summary>
internal sealed class RunningScript : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;

    public RunningScript(string script, IReadOnlyDictionary<string, string?> environment) =>
        _process = ChildProcess.Start(new("node", [script]) { Environment = environment, WorkingDirectory = Path.GetDirectoryName(script), Output = _lines.Enqueue });

    public string Output => string.Join('\n', _lines);

    public async Task SaysAsync(string text) => await Eventually.Holds(() =>
    {
        Assert.False(_process.HasExited, $"the script ended:\n{Output}");
        return _lines.Any(line => line.Contains(text, StringComparison.Ordinal));
    }, $"the script says '{text}':\n{Output}", seconds: 30);

    public async Task EndsWellAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
        Assert.True(_process.ExitCode == 0, Output);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            ChildProcess.Send(_process.Id, Signal.Kill);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
