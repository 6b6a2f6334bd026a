using System.Globalization;
using Platform.LocalPostgres.Processes;

namespace Platform.LocalPostgres.Storage;

/// <summary>postmaster.pid: the lock that a killed server leaves behind.</summary>
internal static class PostmasterFile
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Stops a server of an earlier run that still holds the folder, and removes a lock that nobody holds.</summary>
    public static async Task ClearAsync(string directory, CancellationToken cancellationToken)
    {
        var file = Path.Combine(directory, "postmaster.pid");
        if (!File.Exists(file))
            return;
        var processId = int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var number) ? number : 0;
        foreach (var signal in (Signal[])[Signal.Interrupt, Signal.Quit, Signal.Kill])
        {
            if (!Serves(processId, directory))
                break;
            ChildProcess.Send(processId, signal);
            await GoneAsync(processId, directory, TimeSpan.FromSeconds(10), cancellationToken);
        }

        // A process id that meanwhile belongs to somebody else would make PostgreSQL refuse to start.
        File.Delete(file);
    }

    private static async Task GoneAsync(int processId, string directory, TimeSpan limit, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < limit && Serves(processId, directory); waited += Pause)
            await Task.Delay(Pause, cancellationToken);
    }

    private static bool Serves(int processId, string directory)
    {
        var commandLine = $"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/cmdline";
        if (processId <= 0 || !File.Exists(commandLine))
            return false;
        try
        {
            return File.ReadAllText(commandLine).Split('\0').Contains(directory);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
