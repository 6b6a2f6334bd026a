using System.Text.Json;
using Npgsql;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>A message that waits for one consumer.</summary>
internal sealed record QueueRow(long Id, string Topic, string? PartitionKey, byte[] Payload, string? Metadata, bool IsExpired)
{
    public int Attempts { get; set; }

    public BrokerDelivery ToDelivery() => new(Topic, Payload, Metadata is null ? Nothing : Parse(Metadata), Attempts + 1);

    private static readonly Dictionary<string, string> Nothing = [];

    private static Dictionary<string, string> Parse(string metadata) => JsonSerializer.Deserialize<Dictionary<string, string>>(metadata)!;

    public static async Task<List<QueueRow>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<QueueRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new QueueRow(
                reader.GetInt64(0), reader.GetString(1), Text(reader, 2), reader.GetFieldValue<byte[]>(3), Text(reader, 4),
                IsExpired: !reader.IsDBNull(6) && reader.GetBoolean(6))
            {
                Attempts = reader.GetInt32(5),
            });
        }

        return rows;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
