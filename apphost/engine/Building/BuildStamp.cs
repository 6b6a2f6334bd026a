using System.Text.Json;
using Platform.LocalHost.Instances;

namespace Platform.LocalHost.Building;

/// <summary>What the last build has made, and when; says whether anything was changed since.</summary>
/// <param name="Projects">The projects built, each with its program.</param>
internal sealed record BuildStamp(SortedDictionary<string, string> Projects)
{
    private static readonly HashSet<string> NotSources = new(StringComparer.Ordinal) { "artifacts", "node_modules", "bin", "obj", "docs", "tests", "TestResults" };

    public static BuildStamp? Load(string file) => StateFile.Read<BuildStamp>(file) is { Projects: not null } stamp ? stamp : null;

    /// <summary>Saves the stamp as of the moment that the build began, so that a change during the build counts as one after it.</summary>
    public void Save(string file, DateTime begun)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, JsonSerializer.Serialize(this));
        File.SetLastWriteTimeUtc(file, begun);
    }

    /// <summary>The same projects were built, their programs are there, and no source is newer than the stamp.</summary>
    public bool IsCurrent(string file, string root, IReadOnlyCollection<string> projects) =>
        projects.All(project => Projects.TryGetValue(project, out var program) && File.Exists(program))
        && !IsNewer(new DirectoryInfo(root), File.GetLastWriteTimeUtc(file), isRoot: true);

    /// <summary>Whether packages may be others than when everything was built: a project file, or what all of them take in, is newer.</summary>
    public static bool MayNeedRestore(string file, string root) =>
        !File.Exists(file) || HasNewerPackages(new DirectoryInfo(root), File.GetLastWriteTimeUtc(file));

    private static bool HasNewerPackages(DirectoryInfo folder, DateTime than) =>
        folder.EnumerateFiles().Any(file => file.LastWriteTimeUtc > than && IsOfPackages(file)) || folder.EnumerateDirectories().Any(child => IsSource(child) && HasNewerPackages(child, than));

    private static bool IsOfPackages(FileInfo file) =>
        file.Extension is ".csproj" or ".props" or ".targets" || file.Name is "global.json" || file.Name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase);

    private static bool IsSource(DirectoryInfo folder) => !folder.Name.StartsWith('.') && !NotSources.Contains(folder.Name);

    // The time of a folder changes when a file in it is added, renamed or deleted; the root's own does so for reasons of others.
    private static bool IsNewer(DirectoryInfo folder, DateTime than, bool isRoot = false) =>
        (!isRoot && folder.LastWriteTimeUtc > than)
        || folder.EnumerateFiles().Any(file => file.LastWriteTimeUtc > than && !file.Name.StartsWith('.'))
        || folder.EnumerateDirectories().Any(child => IsSource(child) && IsNewer(child, than));
}
