using System.Diagnostics;
using System.Globalization;
using Platform.LocalPostgres.Processes;

namespace Platform.TestServers;

/// <summary>A temporary folder that belongs to the user a server runs as: servers do not run as root.</summary>
internal sealed class ServerFolder : IDisposable
{
    private const string Prefix = "platform-test-server-";

    public ServerFolder(string server)
    {
        SweepLeftovers();
        User = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess ? UnixUser.FirstOf(server, "nobody") : null;
        Path = Directory.CreateTempSubdirectory($"{Prefix}{Environment.ProcessId}-{server}-").FullName;
        Give(Path);
    }

    public UnixUser? User { get; }

    public string Path { get; }

    public string File(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllText(path, text);
        Give(path);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>A killed test process takes its servers with it but leaves their folders.</summary>
    private static void SweepLeftovers()
    {
        var running = Process.GetProcesses().Select(process => process.Id.ToString(CultureInfo.InvariantCulture)).ToHashSet();
        foreach (var folder in Directory.GetDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            if (running.Contains(System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-')[0]))
                continue;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, or being swept by another process at this moment.
            }
        }
    }

    private void Give(string path) => User?.Own(path);
}
