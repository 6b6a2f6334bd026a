using Npgsql;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>Wakes the consumers of this process: at once for what it published itself, by notification for what others did.</summary>
internal sealed class WakeListener(NpgsqlDataSource database, BrokerTables tables, Action<string> wake)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Marks the notifications of this process, which has no need to hear them.</summary>
    public string Own { get; } = Guid.NewGuid().ToString("N");

    public void Wake(string consumer) => wake(consumer);

    /// <summary>Listens until stopped; while the database is away, polling must do.</summary>
    public async Task Run(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stopping);
                connection.Notification += (_, notification) => Hear(notification.Payload);
                await using (var command = new NpgsqlCommand($"LISTEN \"{tables.WakeChannel}\"", connection))
                    await command.ExecuteNonQueryAsync(stopping);
                while (true)
                    await connection.WaitAsync(stopping);
            }
            catch (Exception error) when (error is OperationCanceledException or NpgsqlException or InvalidOperationException)
            {
                await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Hear(string payload)
    {
        if (payload.Length > Own.Length && !payload.StartsWith(Own, StringComparison.Ordinal))
            wake(payload[Own.Length..]);
    }
}
