using System.Diagnostics;
using System.Text.Json;

namespace AppHost.Tests;

/// <summary>The test host as a process of its own, in a folder of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "TestHost.dll");
    private readonly TestFolder _folder = new();
    private readonly List<string> _output = [];
    private Process? _up;

    public Process Up => _up!;

    /// <summary>Where the instance keeps everything.</summary>
    public string Data => Path.Combine(_folder.Path, ".data", "default");

    /// <summary>Every process that has to do with the instance: by its arguments, or by the folder that it works in.</summary>
    public IReadOnlyList<int> Everything => Processes.Of(_folder.Path);

    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>Starts everything and returns when it is healthy.</summary>
    public async Task UpAsync(params string[] settings)
    {
        Begin(settings);
        await Eventually.HoldsAsync(() => Output.Contains("Everything is healthy", StringComparison.Ordinal) || Up.HasExited, "everything is healthy", seconds: 90);
        if (Up.HasExited)
            throw new InvalidOperationException($"The host has ended:\n{Output}");
    }

    /// <summary>Begins to start everything.</summary>
    public void Begin(params string[] settings)
    {
        _up?.Dispose();
        lock (_output)
            _output.Clear();
        _up = Start(["up", .. settings]);
        _up.OutputDataReceived += (_, line) => { lock (_output) _output.Add(line.Data ?? ""); };
        _up.ErrorDataReceived += (_, line) => { lock (_output) _output.Add(line.Data ?? ""); };
        _up.BeginOutputReadLine();
        _up.BeginErrorReadLine();
    }

    /// <summary>Makes files of the instance unreadable, as a power cut does.</summary>
    public void Spoil(params string[] files)
    {
        foreach (var file in files.Select(file => Path.GetFullPath(Path.Combine(_folder.Path, ".data", "default", file))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "{\"half\":");
        }
    }

    /// <summary>Runs a command against the instance.</summary>
    public async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output));
    }

    /// <summary>The connection string of the instance's database.</summary>
    public async Task<string> DatabaseAsync()
    {
        var (_, environment) = await RunAsync("env", "family", "--show-secrets");
        return environment.Split('\n').Single(line => line.StartsWith("ConnectionStrings__things=", StringComparison.Ordinal)).Split('=', 2)[1];
    }

    /// <summary>Process ids of the running resources.</summary>
    public async Task<Dictionary<string, int>> ProcessesAsync()
    {
        var (_, json) = await RunAsync("ps", "--json");
        return JsonSerializer.Deserialize<JsonElement>(json).EnumerateArray()
            .ToDictionary(resource => resource.GetProperty("name").GetString()!, resource => resource.GetProperty("pid").GetInt32());
    }

    public async ValueTask DisposeAsync()
    {
        if (_up is { HasExited: false })
        {
            await RunAsync("down");
            await _up.WaitForExitAsync();
        }

        _up?.Dispose();
        _folder.Dispose();
    }

    // A test run in the background inherits an ignored SIGINT, which a terminal's program does not have.
    private Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("env", ["--default-signal=INT,HUP", "dotnet", Program, _folder.Path, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
