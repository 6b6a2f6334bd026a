using System.Reflection;
using System.Runtime.CompilerServices;

namespace Architecture.Tests;

/// <summary>The working tree, and what is built from it.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    /// <summary>Folder name (the Dapr app id) and assembly of each service.</summary>
    public static IReadOnlyDictionary<string, Assembly> Services { get; } = Directory.GetDirectories(Path.Combine(Root, "services"))
        .SelectMany(folder => Directory.GetFiles(folder, "*.csproj").Select(project => (AppId: Path.GetFileName(folder), Name: Path.GetFileNameWithoutExtension(project))))
        .ToDictionary(service => service.AppId, service => Assembly.Load(service.Name));

    /// <summary>Files under the folders, without what is generated.</summary>
    public static IEnumerable<string> Files(string pattern, params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories))
        .Where(file => !Generated.Any(part => file.Contains(part, StringComparison.Ordinal)));

    public static string Relative(string file) => Path.GetRelativePath(Root, file);

    private static readonly string[] Generated = ["/Migrations/", "/node_modules/", "/obj/", "/bin/"];

    private static string Here([CallerFilePath] string file = "") => file;
}
