using System.Threading.Channels;
using Npgsql;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>Deletes delivered messages, many at a time; while the database is away it keeps them and tries again.</summary>
internal sealed class Acknowledger(NpgsqlDataSource database, BrokerTables tables, string consumer)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Channel<long> _delivered = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true });

    public void Add(long id) => _delivered.Writer.TryWrite(id);

    public void Complete() => _delivered.Writer.Complete();

    /// <summary>Runs until completed and empty, or given up; what is given up is delivered again.</summary>
    public async Task Run(CancellationToken giveUp)
    {
        var ids = new List<long>();
        while (await _delivered.Reader.WaitToReadAsync(giveUp))
        {
            ids.Clear();
            while (ids.Count < 1000 && _delivered.Reader.TryRead(out var id))
                ids.Add(id);
            while (!await TryDelete([.. ids], giveUp))
                await Task.Delay(Pause, giveUp);
        }
    }

    private async Task<bool> TryDelete(long[] ids, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.CreateCommand(tables.Delete);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = ids });
            await command.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
