using System.Diagnostics;
using Platform.LocalHost.Running;
using Platform.LocalPostgres.Processes;

namespace Platform.LocalHost.Building;

/// <summary>
/// The C# compiler as a process of its own, so that the second build and each after it find it warm. It belongs to one stack: it ends
/// with it, however that ends, and by itself after ten minutes without work.
/// </summary>
internal sealed class CompilerServer(RunContext context)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A compiler takes as much memory as it may for speed; here are a dozen services beside it.
    private static readonly Dictionary<string, string?> Small = new() { ["DOTNET_gcServer"] = "0", ["DOTNET_GCConserveMemory"] = "5", ["DOTNET_TieredPGO"] = "0" };

    private readonly Lazy<Task<string?>> _program = new(() => FindAsync(context.Instance.Root));
    private readonly Lock _turn = new();
    private Process? _process;
    private bool _isOver;

    /// <summary>By which the build finds it.</summary>
    public string Name { get; } = $"platform-{Guid.NewGuid():N}";

    /// <summary>Starts it, if it does not run. Where the SDK has none, the build compiles by itself.</summary>
    public async Task StartAsync()
    {
        if (await _program.Value is not { } program)
            return;
        lock (_turn)
        {
            if (_process is { HasExited: false } || _isOver)
                return;
            _process = ChildProcess.Start(new("dotnet", [program, $"-pipename:{Name}"]) { WorkingDirectory = context.Instance.Root, Environment = Small, Output = static _ => { } });
            context.Guard.Add(_process.Id);
            _ = WatchAsync(_process);
        }
    }

    /// <summary>Ends it.</summary>
    /// <param name="forGood">Whether it may be started again.</param>
    public async Task StopAsync(bool forGood)
    {
        Process? process;
        lock (_turn)
            (process, _isOver) = (_process, _isOver || forGood);
        if (process is not { HasExited: false })
            return;
        ChildProcess.Send(process.Id, Signal.Kill, wholeGroup: true);
        await process.WaitForExitAsync();
    }

    private async Task WatchAsync(Process process)
    {
        await process.WaitForExitAsync();
        context.Guard.Remove(process.Id);
    }

    // Beside the SDK that global.json chooses, which is the one that builds.
    private static async Task<string?> FindAsync(string root)
    {
        var lines = new List<string>();
        using var process = ChildProcess.Start(new("dotnet", ["--version"]) { WorkingDirectory = root, Output = line => { lock (lines) lines.Add(line.Trim()); } });
        using var deadline = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (process is not { HasExited: true, ExitCode: 0 })
            return null;
        lock (lines)
        {
            var dotnet = new FileInfo(Executables.Find("dotnet")!);
            var folder = Path.GetDirectoryName((dotnet.ResolveLinkTarget(returnFinalTarget: true) ?? dotnet).FullName)!;
            var program = Path.Combine(folder, "sdk", lines.LastOrDefault() ?? "", "Roslyn", "bincore", "VBCSCompiler.dll");
            return File.Exists(program) ? program : null;
        }
    }
}
