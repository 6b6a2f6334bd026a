using System.Text;
using Npgsql;

namespace Platform.Dashboard.Dapr;

/// <summary>What waits for a consumer, which is called by its component and its app: <c>pubsub/finance</c>.</summary>
internal sealed record QueueDepth(string Consumer, string Topic, long Waiting, long Retried, DateTime? Oldest, long Dead);

/// <summary>An event that could not be delivered.</summary>
internal sealed record DeadLetter(string Consumer, string Topic, int Attempts, DateTime DiedAt, string? Reason, string Payload);

/// <summary>The queues of the embedded broker, which keeps them in PostgreSQL.</summary>
internal sealed class Queues(IRunningStack stack)
{
    private const string Depths = """
        SELECT s.consumer, s.topic, count(q.id), count(q.id) FILTER (WHERE q.attempts > 0), min(q.enqueued_at),
          (SELECT count(*) FROM broker.dead_letters d WHERE d.consumer = s.consumer AND d.topic = s.topic)
        FROM broker.subscriptions s LEFT JOIN broker.queue q ON q.consumer = s.consumer AND q.topic = s.topic
        WHERE s.removed_at IS NULL GROUP BY s.consumer, s.topic ORDER BY s.topic, s.consumer
        """;

    private const string Letters = """
        SELECT consumer, topic, attempts, died_at, reason, substring(payload for 2000) FROM broker.dead_letters ORDER BY died_at DESC LIMIT 50
        """;

    /// <summary>Null when another broker is used, or the database does not answer.</summary>
    public Task<List<QueueDepth>?> DepthsAsync(CancellationToken cancellationToken) => ReadAsync(Depths, row => new QueueDepth(
        row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetDateTime(4), row.GetInt64(5)), cancellationToken);

    /// <summary>The latest first; null as above.</summary>
    public Task<List<DeadLetter>?> DeadLettersAsync(CancellationToken cancellationToken) => ReadAsync(Letters, row => new DeadLetter(
        row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetDateTime(3), row.IsDBNull(4) ? null : row.GetString(4), Encoding.UTF8.GetString((byte[])row.GetValue(5))), cancellationToken);

    private async Task<List<T>?> ReadAsync<T>(string statement, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        if (await stack.BrokerDatabaseAsync(cancellationToken) is not { } database)
            return null;
        try
        {
            // Looked at now and then: a connection in a pool would be one that the server keeps a process for.
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(statement, connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(row(reader));
            return rows;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}
