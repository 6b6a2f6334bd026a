namespace Platform.LocalHost.Instances;

/// <summary>Folders that no other user of the machine can look into.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OthersPass = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder, or closes one that is there.</summary>
    public static void Make(string path) => Make(path, OwnerOnly);

    /// <summary>
    /// The same for a folder that data of servers lie in: these do not run as root, so what root has started must get to its own folder;
    /// it can pass through this one and not see what is in it.
    /// </summary>
    public static void MakeForServers(string path) => Make(path, Environment.IsPrivilegedProcess ? OthersPass : OwnerOnly);

    /// <summary>Deletes all that is in a folder, but for one file or folder.</summary>
    public static void Empty(string path, string but)
    {
        foreach (var entry in Directory.GetFileSystemEntries(path).Where(entry => entry != but))
        {
            if (Directory.Exists(entry))
                Directory.Delete(entry, recursive: true);
            else
                File.Delete(entry);
        }
    }

    /// <summary>Deletes a folder with nothing in it; one with something in it stays.</summary>
    public static void DeleteEmpty(string path)
    {
        try
        {
            Directory.Delete(path);
        }
        catch (IOException)
        {
            // Somebody has put something into it.
        }
    }

    private static void Make(string path, UnixFileMode mode)
    {
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != mode)
            File.SetUnixFileMode(path, mode);
    }
}
