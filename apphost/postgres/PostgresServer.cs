using System.Diagnostics;
using Npgsql;
using Platform.LocalPostgres.Binaries;
using Platform.LocalPostgres.Processes;
using Platform.LocalPostgres.Storage;

namespace Platform.LocalPostgres;

/// <summary>A PostgreSQL server started by this process; stopped when disposed.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan FastShutdown = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private PostgresServer(Process process, string connectionString, string dataDirectory)
    {
        _process = process;
        ConnectionString = connectionString;
        DataDirectory = dataDirectory;
    }

    /// <summary>Npgsql connection string of the superuser to the database <c>postgres</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>Where the cluster really lives.</summary>
    public string DataDirectory { get; }

    /// <summary>Process id of the postmaster.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Completes when the server has ended, for whatever reason.</summary>
    public Task Exited => _process.WaitForExitAsync();

    /// <summary>Exit code of a server that has ended; null while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Finds the binaries, creates the cluster on the first start, starts the server and waits until it accepts connections.</summary>
    /// <exception cref="LocalPostgresException">There is no PostgreSQL to be had, or it does not start.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresOptions options, CancellationToken cancellationToken = default)
    {
        var user = ServerUser.Choose();
        var binaries = await PostgresBinaries.FindAsync(options, user, cancellationToken);
        var directory = Storage.DataDirectory.Prepare(options.DataDirectory, user);
        if (!File.Exists(Path.Combine(directory, "PG_VERSION")))
            await Cluster.CreateAsync(options, binaries, directory, user, cancellationToken);
        await PostmasterFile.ClearAsync(directory, cancellationToken);

        var connectionString = ConnectionStringOf(options);
        var process = await ServerStart.RunAsync(options, binaries, directory, user, connectionString, cancellationToken);
        return new PostgresServer(process, connectionString, directory);
    }

    /// <summary>The connection string that a server with these options will have.</summary>
    public static string ConnectionStringOf(PostgresOptions options) => new NpgsqlConnectionStringBuilder
    {
        Host = "localhost",
        Port = options.Port,
        Username = options.UserName,
        Password = options.Password,
        Database = "postgres",
    }.ConnectionString;

    /// <summary>Deletes the cluster of a server that does not run, wherever it really lives.</summary>
    /// <param name="dataDirectory">The folder that the server was started with.</param>
    public static void DeleteData(string dataDirectory) => Storage.DataDirectory.Delete(dataDirectory);

    /// <summary>Stops the server: open transactions are rolled back, everything committed is on disk.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        foreach (var signal in (Signal[])[Signal.Interrupt, Signal.Quit, Signal.Kill])
        {
            if (_process.HasExited)
                return;
            ChildProcess.Send(_process.Id, signal);
            await WaitAsync(FastShutdown, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    internal void Kill()
    {
        ChildProcess.Send(_process.Id, Signal.Quit);
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            ChildProcess.Send(_process.Id, Signal.Kill);
    }

    private async Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The caller sends the next, harder signal.
        }
    }
}
