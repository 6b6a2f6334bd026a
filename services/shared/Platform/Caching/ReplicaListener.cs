using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Platform.Caching;

/// <summary>
/// Keeps the one connection on which this replica hears <see cref="ReplicaSignal"/>, and asks it every second whether it is alive:
/// a connection that is half open says nothing of itself.
/// </summary>
internal sealed partial class ReplicaListener(NpgsqlDataSource database, ReplicaSignal signal, TimeProvider time, ILogger<ReplicaListener> logger) : BackgroundService
{
    private const string Listen = $"LISTEN {ReplicaSignal.Channel}";
    private const string Pulse = $"SELECT '{ReplicaSignal.Channel}' IN (SELECT pg_listening_channels())";
    private const int PulseSeconds = 1;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                signal.Lost();
                LogLost(logger, exception.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notification) => signal.Receive(notification.Payload);
        await using (var listen = new NpgsqlCommand(Listen, connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        signal.Connected();
        await using var pulse = new NpgsqlCommand(Pulse, connection) { CommandTimeout = PulseSeconds };
        while (true)
        {
            var isSignalled = await connection.WaitAsync(TimeSpan.FromSeconds(PulseSeconds), cancellationToken);
            var heardAt = time.GetTimestamp();
            // A pooler between here and PostgreSQL may answer from another session, which hears nothing.
            if (!isSignalled && await pulse.ExecuteScalarAsync(cancellationToken) is not true)
                throw new InvalidOperationException("The session does not listen: connect to PostgreSQL directly, or by a pooler that keeps sessions.");
            signal.Heard(heardAt);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes in other replicas are not heard ({Reason}): what is cached lives a second until they are")]
    private static partial void LogLost(ILogger logger, string reason);
}
