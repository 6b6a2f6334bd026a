using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Ports;

/// <summary>Finds out who listens on a port.</summary>
internal static class PortOwner
{
    private const string Listening = "0A";

    /// <summary>Fails with the name of the process that holds a port of the resource.</summary>
    public static void RefuseTaken(string resource, IEnumerable<int> ports)
    {
        foreach (var port in ports.Where(IsTaken))
            throw new StackException($"{resource}: port {port} is in use by {Describe(port)}. Stop it, or start an instance with other ports: --instance NAME.");
    }

    public static bool IsTaken(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port);

    /// <summary>The process that listens on the port, for people.</summary>
    public static string Describe(int port)
    {
        if (!OperatingSystem.IsLinux() || SocketOf(port) is not { } socket || ProcessOf(socket) is not { } processId)
            return "another process";
        var command = File.ReadAllText($"/proc/{processId}/cmdline").Replace('\0', ' ').Trim();
        return $"process {processId} ({(command.Length <= 120 ? command : command[..120] + "…")})";
    }

    /// <summary>The inode of the listening socket, from the kernel's table.</summary>
    private static string? SocketOf(int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return ((string[])["/proc/net/tcp", "/proc/net/tcp6"]).Where(File.Exists)
            .SelectMany(table => File.ReadLines(table).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(fields => fields[1].EndsWith(suffix, StringComparison.Ordinal) && fields[3] == Listening)?[9];
    }

    private static int? ProcessOf(string socket)
    {
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (Holds(process.Id, $"socket:[{socket}]"))
                    return process.Id;
            }
        }

        return null;
    }

    private static bool Holds(int processId, string link)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{processId}/fd").Any(descriptor => new FileInfo(descriptor).LinkTarget == link);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
