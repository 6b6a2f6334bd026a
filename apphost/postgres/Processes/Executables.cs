namespace Platform.LocalPostgres.Processes;

/// <summary>Finds programs on the PATH.</summary>
public static class Executables
{
    /// <summary>The full path of a program given by path or by name; null when there is none.</summary>
    public static string? Find(string name)
    {
        if (name.Contains(Path.DirectorySeparatorChar) || Path.IsPathRooted(name))
            return IsThere(name) ? Path.GetFullPath(name) : null;
        return Candidates(name).FirstOrDefault(IsThere);
    }

    // File.Exists calls a link to a file that was removed a file.
    private static bool IsThere(string path) => File.Exists(path) && new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is not { Exists: false };

    private static IEnumerable<string> Candidates(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ""] : [""];
        return from folder in folders from ending in endings select Path.Combine(folder, name + ending);
    }
}
