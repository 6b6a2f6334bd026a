using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Npgsql;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Postgres;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Configuration;

/// <summary>
/// Type <c>configuration.postgresql</c>: a table with the columns key, value, version, metadata. Of several versions of a key the
/// highest counts. Changes come as notifications, which a trigger on the table sends.
/// </summary>
internal sealed partial class PostgresConfigurationStore : IConfigurationStore
{
    private const string RequestChannel = "pgNotifyChannel";
    private const string ComponentChannel = "notifyChannel";

    private readonly NpgsqlDataSource _database;
    private readonly ComponentSpec _spec;
    private readonly string _table;

    public PostgresConfigurationStore(NpgsqlDataSource database, ComponentSpec spec)
    {
        (_database, _spec) = (database, spec);
        _table = spec["table"] ?? throw new StartupException("table is missing or empty");
        if (!Identifier().IsMatch(_table) || _table.Length > 63)
            throw new StartupException("table may hold only letters, digits, '_' and '.'");
    }

    public IReadOnlyList<string> Capabilities { get; } = [];

    public async Task Start(CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand("SELECT to_regclass($1) IS NOT NULL");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _table });
        if (await command.ExecuteScalarAsync(cancellationToken) is not true)
            throw new StartupException($"the table '{_table}' does not exist");
    }

    public Task<IReadOnlyDictionary<string, ConfigurationItem>> Get(
        IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken) =>
        Transient.Retry(token => Read(keys, token), cancellationToken);

    public async Task<IAsyncDisposable> Subscribe(
        IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata, ConfigurationChanged changed, CancellationToken cancellationToken)
    {
        var channel = metadata.FirstOrDefault(pair => pair.Key.Equals(RequestChannel, StringComparison.OrdinalIgnoreCase)).Value ?? _spec[ComponentChannel];
        if (string.IsNullOrEmpty(channel))
            throw new ArgumentException($"neither the request names a {RequestChannel} nor the component a {ComponentChannel}");
        var wanted = keys.ToHashSet(StringComparer.Ordinal);
        var queue = Channel.CreateUnbounded<(string Key, ConfigurationItem Item)>(new UnboundedChannelOptions { SingleReader = true });
        var listener = await NotificationListener.Start(_database, channel, payload =>
        {
            if (Parse(payload) is { } change && (wanted.Count == 0 || wanted.Contains(change.Key)))
                queue.Writer.TryWrite(change);
        }, cancellationToken);
        return new ConfigurationFeed(listener, queue.Reader, changed);
    }

    private async Task<IReadOnlyDictionary<string, ConfigurationItem>> Read(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(
            $"SELECT key, value, version, metadata::text FROM {_table}{(keys.Count > 0 ? " WHERE key = ANY($1)" : "")}");
        if (keys.Count > 0)
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. keys] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new Dictionary<string, ConfigurationItem>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var item = new ConfigurationItem(Text(1), Text(2)) { Metadata = Metadata(Text(3)) };
            if (!items.TryGetValue(Text(0), out var other) || Number(item) >= Number(other))
                items[Text(0)] = item;
        }

        return items;

        string Text(int column) => reader.IsDBNull(column) ? "" : reader.GetString(column);
    }

    private static long Number(ConfigurationItem item) =>
        long.TryParse(item.Version, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : long.MinValue;

    private static IReadOnlyDictionary<string, string> Metadata(string json) =>
        json.Length == 0 ? new Dictionary<string, string>() : Yaml.Map(System.Text.Json.Nodes.JsonNode.Parse(json));

    // A notification that is not the trigger's is nobody's.
    private static (string Key, ConfigurationItem Item)? Parse(string payload)
    {
        try
        {
            var change = System.Text.Json.Nodes.JsonNode.Parse(payload);
            if (change.Text("data", "key") is not { } key)
                return null;
            var item = change.Text("action") is { } action && action.Equals("DELETE", StringComparison.OrdinalIgnoreCase)
                ? ConfigurationItem.Deleted
                : new ConfigurationItem(change.Text("data", "value") ?? "", change.Text("data", "version") ?? "") { Metadata = change.Map("data", "metadata") };
            return (key, item);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_.]*$")]
    private static partial Regex Identifier();
}
