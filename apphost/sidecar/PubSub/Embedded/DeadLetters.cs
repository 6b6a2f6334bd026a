using Npgsql;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>Counts failures, and moves what cannot be delivered out of the way.</summary>
internal sealed class DeadLetters(NpgsqlDataSource database, BrokerTables tables, WakeListener listener)
{
    /// <summary>Counts in memory always, in the table when it can: a restart may forget a failure, never a message.</summary>
    public async Task NoteFailure(string consumer, QueueRow row)
    {
        row.Attempts++;
        try
        {
            await using var command = database.CreateCommand(tables.NoteFailure);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = row.Id });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = row.Attempts });
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // Tried again with the next failure.
        }
    }

    /// <summary>To the topic's own consumers; to the table of dead letters when there is no topic or nobody consumes it.</summary>
    public async Task<bool> Move(string consumer, QueueRow row, string? topic, string reason, CancellationToken cancellationToken)
    {
        var move = new NpgsqlBatchCommand(tables.MoveToDeadLetters);
        move.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
        move.Parameters.Add(new NpgsqlParameter<long> { TypedValue = row.Id });
        move.Parameters.Add(new NpgsqlParameter<string> { TypedValue = topic ?? "" });
        move.Parameters.Add(new NpgsqlParameter<int> { TypedValue = row.Attempts });
        move.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reason });
        move.Parameters.Add(new NpgsqlParameter<string> { TypedValue = listener.Own });

        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(tables.LockInserts));
        batch.BatchCommands.Add(move);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var consumers = await BrokerWriter.Consumers(reader, cancellationToken);
        await reader.CloseAsync();
        consumers.ForEach(listener.Wake);
        return true;
    }
}
