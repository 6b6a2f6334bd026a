using System.Diagnostics;

namespace AppHost.Tests;

internal static class Processes
{
    /// <summary>The process with the id runs (and is no zombie).</summary>
    public static bool IsRunning(int processId)
    {
        var status = $"/proc/{processId}/status";
        try
        {
            return File.Exists(status) && !File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Processes that name a folder in their arguments, or work in it or beneath it.</summary>
    public static IReadOnlyList<int> Of(string folder) => [.. Process.GetProcesses().Select(process => process.Id).Where(id => IsOf(id, folder) && IsRunning(id))];

    private static bool IsOf(int processId, string folder)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline").Contains(folder, StringComparison.Ordinal)
                || new FileInfo($"/proc/{processId}/cwd").LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Memory that a process holds.</summary>
    public static int MebibytesOf(int processId) =>
        int.Parse(File.ReadLines($"/proc/{processId}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], System.Globalization.CultureInfo.InvariantCulture) / 1024;

    /// <summary>Processes of the group.</summary>
    public static IReadOnlyList<int> InGroup(int groupId) => [.. Process.GetProcesses().Select(process => process.Id).Where(id => GroupOf(id) == groupId && IsRunning(id))];

    private static int GroupOf(int processId)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{processId}/stat");
            return int.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
