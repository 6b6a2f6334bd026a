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

    /// <summary>What may have changed since everything was built, beside the sources of one project.</summary>
    /// <param name="file">The stamp.</param>
    /// <param name="root">The repository.</param>
    /// <param name="own">The project's folder.</param>
    /// <param name="projects">All projects of the stack: none of them refers to another one.</param>
    public static Changes ChangesSince(string file, string root, string own, IReadOnlyCollection<string> projects)
    {
        if (!File.Exists(file))
            return Changes.Packages | Changes.References;
        var built = File.GetLastWriteTimeUtc(file);
        var programs = projects.Select(Path.GetDirectoryName).ToHashSet(StringComparer.Ordinal)!;
        return FilesOf(new DirectoryInfo(root), folder => folder.FullName == own || !programs.Contains(folder.FullName))
            .Where(source => source.LastWriteTimeUtc > built)
            .Aggregate(Changes.None, (changes, source) => changes | KindOf(source, own));
    }

    private static Changes KindOf(FileSystemInfo source, string own) =>
        source.Extension is ".csproj" or ".props" or ".targets" || source.Name is "global.json" || source.Name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase)
            ? Changes.Packages | Changes.References
        : source.FullName == own || source.FullName.StartsWith(own + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Changes.None
        : Changes.References;

    private static IEnumerable<FileSystemInfo> FilesOf(DirectoryInfo folder, Func<DirectoryInfo, bool> enter) =>
        folder.EnumerateFiles().Where(file => !file.Name.StartsWith('.')).Concat(
            folder.EnumerateDirectories().Where(child => IsSource(child) && enter(child)).SelectMany(child => FilesOf(child, enter).Prepend(child)));

    private static bool IsSource(DirectoryInfo folder) => !folder.Name.StartsWith('.') && !NotSources.Contains(folder.Name);

    // The time of a folder changes when a file in it is added, renamed or deleted; the root's own does so for reasons of others.
    private static bool IsNewer(DirectoryInfo folder, DateTime than, bool isRoot = false) =>
        (!isRoot && folder.LastWriteTimeUtc > than)
        || folder.EnumerateFiles().Any(file => file.LastWriteTimeUtc > than && !file.Name.StartsWith('.'))
        || folder.EnumerateDirectories().Any(child => IsSource(child) && IsNewer(child, than));
}

/// <summary>What a build of one project must look at beside its own sources.</summary>
[Flags]
internal enum Changes
{
    None = 0,

    /// <summary>A project file, or what all of them take in: packages may be others.</summary>
    Packages = 1,

    /// <summary>Sources that the project may refer to.</summary>
    References = 2,
}
