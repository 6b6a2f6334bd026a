namespace Platform.LocalHost.Parameters;

internal static class PrivateFile
{
    /// <summary>Writes a file that only its owner can read, whole or not at all.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var aside = $"{path}.{Environment.ProcessId}";
        using (var writer = new StreamWriter(aside, options))
            writer.Write(text);
        File.Move(aside, path, overwrite: true);
    }
}
