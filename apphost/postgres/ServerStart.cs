using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Platform.LocalPostgres.Binaries;
using Platform.LocalPostgres.Processes;

namespace Platform.LocalPostgres;

internal static class ServerStart
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts the postmaster and waits until it accepts connections.</summary>
    public static async Task<Process> RunAsync(
        PostgresOptions options, PostgresBinaries binaries, string directory, UnixUser? user, string connectionString, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.StartTimeout);
        while (true)
        {
            var lastLines = new ConcurrentQueue<string>();
            var process = Start(options, binaries, directory, user, lastLines);
            if (await AcceptsConnectionsAsync(process, connectionString, deadline.Token, cancellationToken))
                return process;
            await EndAsync(process);

            // Backends of a killed postmaster notice its death within a second or so and hold the shared memory until then.
            var leftovers = lastLines.Any(line => line.Contains("shared memory block", StringComparison.Ordinal));
            if (!leftovers || deadline.IsCancellationRequested)
                throw new LocalPostgresException($"PostgreSQL did not start on port {options.Port}:\n{string.Join('\n', lastLines.TakeLast(8))}");
        }
    }

    private static Process Start(PostgresOptions options, PostgresBinaries binaries, string directory, UnixUser? user, ConcurrentQueue<string> lastLines) =>
        ChildProcess.Start(new(binaries.Postgres, ["-D", directory, .. Settings(options).SelectMany(setting => (string[])["-c", setting])])
        {
            WorkingDirectory = directory,
            Environment = binaries.Environment,
            User = user,
            DeathSignal = options.DieWithParent ? Signal.Interrupt : null,
            Output = line =>
            {
                lastLines.Enqueue(line);
                while (lastLines.Count > 20)
                    lastLines.TryDequeue(out _);
                options.Log(line);
            },
        });

    /// <summary>Settings for a laptop with a dozen services, given on the command line so that an upgrade of this file reaches old clusters too.</summary>
    private static string[] Settings(PostgresOptions options)
    {
        string[] always =
        [
            $"port={options.Port.ToString(CultureInfo.InvariantCulture)}",
            "listen_addresses=localhost",
            "unix_socket_directories=",
            "shared_buffers=64MB",
            "max_connections=200",
            "max_wal_size=512MB",
            "max_parallel_workers_per_gather=0",
            "max_wal_senders=0",
            "wal_level=minimal",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
        ];
        return options.Throwaway ? [.. always, "fsync=off", "synchronous_commit=off", "full_page_writes=off"] : always;
    }

    private static async Task<bool> AcceptsConnectionsAsync(
        Process process, string connectionString, CancellationToken deadline, CancellationToken cancellationToken)
    {
        var probe = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 }.ConnectionString;
        while (!process.HasExited && !deadline.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(probe);
                await connection.OpenAsync(deadline);
                return !process.HasExited;
            }
            catch (PostgresException failure) when (failure.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
            {
                await EndAsync(process);
                throw new LocalPostgresException(
                    "The database was created with another password than the one given now. Use that password, or delete the data.", failure);
            }
            catch (NpgsqlException)
            {
                await Task.WhenAny(Task.Delay(Pause, deadline), process.WaitForExitAsync(deadline));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return false;
            }
            catch (OperationCanceledException)
            {
                await EndAsync(process);
                throw;
            }
        }

        return false;
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
            ChildProcess.Send(process.Id, Signal.Quit);
        await process.WaitForExitAsync(CancellationToken.None);
    }
}
