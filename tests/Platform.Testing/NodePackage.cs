using System.Collections.Concurrent;
using System.Diagnostics;

namespace Platform.Testing;

/// <summary>Commands of a Node package of this repository, whose own packages are installed first where they are not.</summary>
public static class NodePackage
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<(int Code, string Output)>>> Installed = new(StringComparer.Ordinal);

    /// <summary>Runs a command in the package's folder.</summary>
    /// <param name="folder">Where its package.json is.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="command">The program.</param>
    /// <param name="arguments">What it is told.</param>
    /// <returns>Its exit code, and all that it wrote.</returns>
    public static async Task<(int Code, string Output)> RunAsync(string folder, Dictionary<string, string> environment, string command, params string[] arguments)
    {
        var installed = await Installed.GetOrAdd(folder, static folder => new(() => InstallAsync(folder))).Value;
        return installed.Code == 0 ? await StartAsync(folder, environment, command, arguments) : installed;
    }

    private static Task<(int Code, string Output)> InstallAsync(string folder) => File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json"))
        ? Task.FromResult((0, ""))
        : StartAsync(folder, [], "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);

    private static async Task<(int Code, string Output)> StartAsync(string folder, Dictionary<string, string> environment, string command, string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Join('\n', output));
    }
}
