using System.Reflection;

namespace Platform.LocalHost.Hosting;

/// <summary>What the build has written into the AppHost's assembly.</summary>
internal static class AppHostProject
{
    public static string DirectoryOf(Assembly? assembly) => Metadata(assembly, "apphostprojectpath") ?? Environment.CurrentDirectory;

    public static string? Metadata(Assembly? assembly, string key) => assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key.Equals(key, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>In which configuration the AppHost was built, and its projects are: <c>Debug</c> or <c>Release</c>.</summary>
    public static string ConfigurationOf(Assembly? assembly) => assembly?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration is { Length: > 0 } name ? name : "Debug";

    /// <summary>The repository: the nearest folder above that pins the SDK.</summary>
    public static string RootOf(string directory)
    {
        var folder = new DirectoryInfo(directory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json")))
            folder = folder.Parent;
        return folder?.FullName ?? directory;
    }
}
