using System.Diagnostics;
using Xunit;

namespace Architecture.Tests;

public sealed class ContractFacts
{
    [Fact]
    public async Task The_contracts_pass_buf_lint() => await BufAsync("lint");

    [Fact]
    public async Task The_contracts_break_nothing_that_was_released() => await BufAsync("breaking", "--against", "baseline.binpb");

    private static readonly Lazy<Task> Installed = new(() => File.Exists(Path.Combine(Folder, "node_modules", ".bin", "buf"))
        ? Task.CompletedTask
        : RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));

    private static string Folder => Path.Combine(Repository.Root, "protos");

    private static async Task BufAsync(params string[] arguments)
    {
        await Installed.Value;
        await RunAsync(Path.Combine(Folder, "node_modules", ".bin", "buf"), arguments);
    }

    private static async Task RunAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, string.Join('\n', output));
    }
}
