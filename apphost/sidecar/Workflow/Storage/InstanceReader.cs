using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.DurableTask;
using Platform.Sidecar.State;
using Platform.Sidecar.Workflow.Core;

namespace Platform.Sidecar.Workflow.Storage;

/// <summary>Reads instances: first how many rows each has, then all rows of all of them at once.</summary>
internal sealed class InstanceReader(IStateStore store, InstanceKeys keys, string appId)
{
    /// <summary>In the order asked; an instance without rows comes back empty.</summary>
    public async Task<IReadOnlyList<InstanceState>> Read(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var heads = await Rows([.. ids.Select(keys.Metadata)], cancellationToken);
        var metadata = ids.Where(id => heads.ContainsKey(keys.Metadata(id)))
            .ToDictionary(id => id, id => InstanceMetadata.Parser.ParseFrom(heads[keys.Metadata(id)].Span));
        var rows = metadata.Count == 0 ? [] : await Rows([.. metadata.SelectMany(one => Names(one.Key, one.Value))], cancellationToken);
        return [.. ids.Select(id => metadata.TryGetValue(id, out var head) ? Build(id, head, rows) : new InstanceState(appId, id))];
    }

    private InstanceState Build(string id, InstanceMetadata head, Dictionary<string, ReadOnlyMemory<byte>> rows) => new(appId, id)
    {
        Generation = head.Generation,
        History = Events(Enumerable.Range(0, (int)head.HistoryLength).Select(index => keys.History(id, index)), rows),
        Inbox = Events(Enumerable.Range(0, (int)head.InboxLength).Select(index => keys.Inbox(id, index)), rows),
        CustomStatus = rows.TryGetValue(keys.CustomStatus(id), out var status) ? StringValue.Parser.ParseFrom(status.Span).Value : null,
        Propagated = rows.TryGetValue(keys.Propagated(id), out var history) ? PropagatedHistory.Parser.ParseFrom(history.Span) : null,
    };

    private IEnumerable<string> Names(string id, InstanceMetadata head) =>
    [
        .. Enumerable.Range(0, (int)head.HistoryLength).Select(index => keys.History(id, index)),
        .. Enumerable.Range(0, (int)head.InboxLength).Select(index => keys.Inbox(id, index)),
        keys.CustomStatus(id),
        keys.Propagated(id),
    ];

    private static List<HistoryEvent> Events(IEnumerable<string> names, Dictionary<string, ReadOnlyMemory<byte>> rows) =>
        [.. names.Select(name => rows.TryGetValue(name, out var row)
            ? HistoryEvent.Parser.ParseFrom(row.Span)
            : throw new InvalidDataException($"workflow row '{name}' is missing"))];

    private async Task<Dictionary<string, ReadOnlyMemory<byte>>> Rows(IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        (await store.Get(names, cancellationToken)).ToDictionary(row => row.Key, row => row.Value);
}
