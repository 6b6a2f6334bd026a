using System.Collections.Concurrent;
using System.Diagnostics;

namespace Platform.Sidecar.Tests.Harness;

/// <summary>The sidecar as it is started in earnest: a process.</summary>
internal sealed class SidecarProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private SidecarProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);
    public int Id => _process.Id;
    public bool HasExited => _process.HasExited;

    public static SidecarProcess Launch(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Assembly());
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var variable in (string[])["DAPR_API_TOKEN", "APP_API_TOKEN", "NAMESPACE"])
            start.Environment.Remove(variable);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new SidecarProcess(Process.Start(start)!);
    }

    /// <summary>Waits until the port answers, or tells what the process said before it ended. What does not get ready is ended: who waits for it knows no other way.</summary>
    public async Task WaitUntilReady(int httpPort)
    {
        using var client = new HttpClient();
        try
        {
            await Eventually.Holds(() => IsReady(client, httpPort), "the sidecar is ready", seconds: 60);
        }
        catch
        {
            await Kill();
            throw;
        }
    }

    private async Task<bool> IsReady(HttpClient client, int httpPort)
    {
        Assert.False(_process.HasExited, $"the sidecar ended:\n{Output}");
        try
        {
            using var response = await client.GetAsync($"http://127.0.0.1:{httpPort}/v1.0/healthz/outbound");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task<int> WaitForExit()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>SIGTERM.</summary>
    public async Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        return await WaitForExit();
    }

    /// <summary>SIGKILL: no chance to save anything.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await Kill();
        _process.Dispose();
    }

    private void Note(string? line)
    {
        if (line is not null)
            _output.Enqueue(line);
    }

    private static string Assembly()
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Sidecar", configuration, "Platform.Sidecar.dll"));
    }
}
