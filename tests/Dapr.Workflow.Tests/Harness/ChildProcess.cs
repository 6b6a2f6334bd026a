using System.Collections.Concurrent;
using System.Diagnostics;

namespace Dapr.Workflow.Tests.Harness;

/// <summary>A program of this repository in a process of its own.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <param name="assembly">File name of the program beside the tests.</param>
    /// <param name="ready">Part of the line that says that it is up.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables on top of the tests' own.</param>
    public static async Task<ChildProcess> StartAsync(
        string assembly, string ready, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var child = new ChildProcess(Process.Start(start)!);
        try
        {
            await Deadline.Until(() => child.HasSaid(ready), $"{assembly} says '{ready}'");
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }

        return child;
    }

    public string Output => string.Join('\n', _lines);

    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    /// <summary>As kill -9 does.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private bool HasSaid(string text) => _process.HasExited
        ? throw new InvalidOperationException($"The process ended with {_process.ExitCode}:\n{Output}")
        : _lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    private void Keep(string? line)
    {
        if (line is not null)
            _lines.Enqueue(line);
    }
}
