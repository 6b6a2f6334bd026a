using Platform.LocalPostgres.Processes;

namespace Platform.LocalHost.Checkup;

/// <summary>Asks a program for its version.</summary>
internal static class ProgramVersion
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>What it says; null where it is not on the PATH or says nothing.</summary>
    public static async Task<string?> OfAsync(string name, CancellationToken cancellationToken)
    {
        if (Executables.Find(name) is not { } path)
            return null;
        var lines = new List<string>();
        using var process = ChildProcess.Start(new(path, ["--version"])
        {
            WorkingDirectory = Environment.CurrentDirectory,
            Output = line => { lock (lines) lines.Add(line); },
        });
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Limit);
        await process.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (!process.HasExited)
            ChildProcess.Send(process.Id, Signal.Kill, wholeGroup: true);
        lock (lines)
            return process is { HasExited: true, ExitCode: 0 } ? lines.FirstOrDefault()?.Trim() : null;
    }
}
