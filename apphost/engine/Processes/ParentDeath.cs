using System.Globalization;
using Platform.LocalPostgres.Processes;

namespace Platform.LocalHost.Processes;

internal static class ParentDeath
{
    /// <summary>When started by <c>dotnet run</c>, stops as if by Ctrl-C when that is killed.</summary>
    public static void FollowDotNetRun()
    {
        if (!OperatingSystem.IsLinux() || ParentCommand() is not ["dotnet" or "dotnet.exe", "run", ..])
            return;
        ChildProcess.DieWithParent(Signal.Terminate);
        if (ParentCommand() is not [_, "run", ..])
            ChildProcess.Send(Environment.ProcessId, Signal.Terminate);
    }

    private static string[] ParentCommand()
    {
        var status = File.ReadLines("/proc/self/status").First(line => line.StartsWith("PPid:", StringComparison.Ordinal));
        var parent = int.Parse(status.AsSpan(5).Trim(), CultureInfo.InvariantCulture);
        var file = $"/proc/{parent}/cmdline";
        if (!File.Exists(file))
            return [];
        var words = File.ReadAllText(file).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        // `dotnet run` may show as the host with the SDK's dotnet.dll between.
        return words.Length == 0 ? [] : [Path.GetFileName(words[0]), .. words.Skip(1).Where(word => !word.EndsWith("dotnet.dll", StringComparison.Ordinal))];
    }
}
