using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Platform.LocalPostgres.Processes;

namespace Platform.LocalPostgres.Storage;

/// <summary>Folders that the server's user can reach, whatever the clone's own place.</summary>
internal static class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Creates the folder for a cluster and gives it to the user; returns where it really is.</summary>
    public static string Prepare(string path, UnixUser? user)
    {
        var directory = Reachable(path, user);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(directory, OwnerOnly);
        user?.Own(directory);
        return directory;
    }

    /// <summary>The folder itself where the user can reach it, else one under /var/lib (a clone in root's home is closed to everybody else).</summary>
    public static string Reachable(string path, UnixUser? user)
    {
        Directory.CreateDirectory(path);
        if (user is null || CanEnter(path, user))
            return path;
        var standIn = StandIn(path);
        Directory.CreateDirectory(standIn);
        return standIn;
    }

    /// <summary>Deletes a cluster and its stand-in.</summary>
    public static void Delete(string path)
    {
        foreach (var directory in (string[])[path, StandIn(path)])
            if (Directory.Exists(directory))
                Directory.Delete(directory, recursive: true);
    }

    private static string StandIn(string path)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(path))))[..12];
        return Path.Combine("/var/lib/platform-local", $"{Path.GetFileName(path)}-{key}");
    }

    private static bool CanEnter(string path, UnixUser user)
    {
        // The folder's own mode does not matter, for it is about to be given away; the way to it does.
        using var test = ChildProcess.Start(new("test", ["-x", Path.GetDirectoryName(Path.GetFullPath(path))!]) { User = user, Output = static _ => { } });
        test.WaitForExit();
        return test.ExitCode == 0;
    }
}
