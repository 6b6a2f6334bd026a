using System.Diagnostics;
using System.Text.Json;
using Platform.LocalHost.Instances;
using Platform.LocalPostgres.Processes;

namespace Platform.LocalHost.Processes;

/// <summary>A process that was started, on disk: what a killed host leaves is found by it at the next start.</summary>
/// <param name="ProcessId">Its id, which is also that of its group.</param>
/// <param name="StartTime">Its start in clock ticks since boot; tells it from a later process with the same id.</param>
internal sealed record ProcessRecord(int ProcessId, string StartTime)
{
    private const int StartTimeField = 19;

    public static ProcessRecord Of(int processId) => new(processId, StartTimeOf(processId) ?? "");

    public bool IsRunning => StartTime is { Length: > 0 } && StartTimeOf(ProcessId) == StartTime;

    public void Save(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(FileOf(folder, name), JsonSerializer.Serialize(this));
    }

    public static void Remove(string folder, string name) => File.Delete(FileOf(folder, name));

    /// <summary>Ends what an earlier run has left; returns the names.</summary>
    public static IReadOnlyList<string> Reap(string folder)
    {
        var reaped = new List<string>();
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [])
        {
            if (StateFile.Read<ProcessRecord>(file) is { IsRunning: true } left)
            {
                ChildProcess.Send(left.ProcessId, Signal.Kill, wholeGroup: true);
                reaped.Add(Path.GetFileNameWithoutExtension(file));
            }

            File.Delete(file);
        }

        return reaped;
    }

    private static string FileOf(string folder, string name) => Path.Combine(folder, name + ".json");

    private static string? StartTimeOf(int processId)
    {
        var file = $"/proc/{processId}/stat";
        try
        {
            if (OperatingSystem.IsLinux())
                return File.Exists(file) ? FieldsAfterName(File.ReadAllText(file))[StartTimeField] : null;
            using var process = Process.GetProcessById(processId);
            return process.StartTime.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    // The name stands in brackets and may itself hold spaces and brackets.
    private static string[] FieldsAfterName(string line) => line[(line.LastIndexOf(')') + 2)..].Split(' ');
}
