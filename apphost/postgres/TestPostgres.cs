using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Platform.LocalPostgres.Storage;

namespace Platform.LocalPostgres;

/// <summary>The PostgreSQL server of a test process.</summary>
public static class TestPostgres
{
    /// <summary>Names a server to use (superuser, Npgsql format) instead of starting one.</summary>
    public const string Variable = "TEST_POSTGRES";

    private const string FolderPrefix = "platform-test-postgres-";
    private static readonly Lazy<Task<string>> Shared = new(FindOrStartAsync);

    /// <summary>
    /// Superuser connection string of the server named in <see cref="Variable"/>, else of a throwaway one that is started once for this
    /// process and ends with it.
    /// </summary>
    public static Task<string> GetAsync() => Shared.Value;

    /// <summary>Starts a server without durability on a free port, its data in a temporary folder.</summary>
    public static async Task<ThrowawayPostgres> StartThrowawayAsync(Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        SweepLeftovers();
        var folder = Path.Combine(Path.GetTempPath(), $"{FolderPrefix}{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
        for (var attempt = 1; ; attempt++)
        {
            var options = new PostgresOptions
            {
                DataDirectory = Path.Combine(folder, "data"),
                ToolsDirectory = Path.Combine(RepositoryRoot() ?? folder, ".data", "npm"),
                Port = TestPorts.Next(),
                Password = RandomNumberGenerator.GetHexString(24, lowercase: true),
                Throwaway = true,
                Log = log ?? (static _ => { }),
            };
            try
            {
                return new ThrowawayPostgres(await PostgresServer.StartAsync(options, cancellationToken), folder);
            }
            catch (LocalPostgresException) when (attempt < 3)
            {
                // Another process may have taken the port meanwhile.
                DataDirectory.Delete(options.DataDirectory);
            }
        }
    }

    private static async Task<string> FindOrStartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return given;
        var server = await StartThrowawayAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Kill();
        return server.ConnectionString;
    }

    /// <summary>A killed test process takes its server with it but leaves its folder.</summary>
    private static void SweepLeftovers()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            var owner = Path.GetFileName(folder)[FolderPrefix.Length..].Split('-')[0];
            if (!int.TryParse(owner, CultureInfo.InvariantCulture, out var processId) || IsRunning(processId))
                continue;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, or being swept by another process at this moment.
            }
        }
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string? RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json")))
            folder = folder.Parent;
        return folder?.FullName;
    }
}
