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
