namespace AppHost.Tests;

/// <summary>A folder that stands for a repository with an AppHost.</summary>
public sealed class TestFolder : IDisposable
{
    public TestFolder()
    {
        // The server's own user, where that is not this one, must be able to pass.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("apphost-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
