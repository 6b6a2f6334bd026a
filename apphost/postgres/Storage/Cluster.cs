using System.Diagnostics;
using Platform.LocalPostgres.Binaries;
using Platform.LocalPostgres.Processes;

namespace Platform.LocalPostgres.Storage;

internal static class Cluster
{
    /// <summary>Creates a cluster whose text compares by Unicode rules (ICU), so that upper and lower case work in every language.</summary>
    public static async Task CreateAsync(
        PostgresOptions options, PostgresBinaries binaries, string directory, UnixUser? user, CancellationToken cancellationToken)
    {
        options.Log($"creating the database cluster in {directory}");
        var passwordFile = Path.Combine(directory, "..", $".{Guid.NewGuid():N}");
        try
        {
            await WritePasswordAsync(passwordFile, options.Password, user, cancellationToken);
            var unicode = await InitializeAsync(options, binaries, directory, user, passwordFile, ["--locale-provider=icu", "--icu-locale=und", "--locale=C"], cancellationToken);
            if (unicode is null)
                return;
            options.Log("this PostgreSQL has no ICU; text will compare by code point");
            var plain = await InitializeAsync(options, binaries, directory, user, passwordFile, ["--locale=C"], cancellationToken);
            if (plain is not null)
                throw new LocalPostgresException($"initdb failed:\n{plain}");
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    private static async Task WritePasswordAsync(string path, string password, UnixUser? user, CancellationToken cancellationToken)
    {
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new StreamWriter(path, creation);
        await file.WriteAsync(password.AsMemory(), cancellationToken);
        user?.Own(path);
    }

    private static async Task<string?> InitializeAsync(
        PostgresOptions options, PostgresBinaries binaries, string directory, UnixUser? user, string passwordFile, string[] locale, CancellationToken cancellationToken)
    {
        var output = new List<string>();
        string[] durability = options.Throwaway ? ["--no-sync"] : [];
        using var initdb = ChildProcess.Start(new(binaries.Initdb,
            ["-D", directory, $"--username={options.UserName}", $"--pwfile={passwordFile}", "--auth=scram-sha-256", "--encoding=UTF8", .. locale, .. durability])
        {
            WorkingDirectory = directory,
            Environment = binaries.Environment,
            User = user,
            Output = line => { lock (output) output.Add(line); },
        });
        await WaitAsync(initdb, cancellationToken);
        return initdb.ExitCode == 0 ? null : string.Join('\n', output);
    }

    private static async Task WaitAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            ChildProcess.Send(process.Id, Signal.Interrupt);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }
}
