using Npgsql;

namespace Platform.Sidecar.Postgres;

/// <summary>Listens on a channel of a database for as long as somebody wants to hear, over outages as well.</summary>
internal sealed class NotificationListener : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _database;
    private readonly string _channel;
    private readonly Action<string> _heard;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;

    private NotificationListener(NpgsqlDataSource database, string channel, Action<string> heard)
    {
        (_database, _channel, _heard) = (database, channel, heard);
        _running = Run(_stopping.Token);
    }

    /// <summary>Returns when notifications are heard.</summary>
    /// <param name="database">Where.</param>
    /// <param name="channel">On what; taken literally.</param>
    /// <param name="heard">Gets the payloads, one after another; it must not block.</param>
    /// <param name="cancellationToken">Ends the attempt, not the listening.</param>
    public static async Task<NotificationListener> Start(
        NpgsqlDataSource database, string channel, Action<string> heard, CancellationToken cancellationToken)
    {
        var listener = new NotificationListener(database, channel, heard);
        try
        {
            await listener._listening.Task.WaitAsync(cancellationToken);
            return listener;
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task Run(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Listen(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException error)
            {
                // The first failure is the subscriber's to know; later ones are outages, after which it goes on.
                if (_listening.TrySetException(error))
                    return;
                await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Listen(CancellationToken stopping)
    {
        await using var connection = await _database.OpenConnectionAsync(stopping);
        connection.Notification += (_, notification) => _heard(notification.Payload);
        await using (var command = new NpgsqlCommand($"LISTEN \"{_channel.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection))
            await command.ExecuteNonQueryAsync(stopping);
        _listening.TrySetResult();
        while (true)
            await connection.WaitAsync(stopping);
    }
}
