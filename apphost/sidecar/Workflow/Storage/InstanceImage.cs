using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.DurableTask;
using Platform.Sidecar.State;
using Platform.Sidecar.Workflow.Core;

namespace Platform.Sidecar.Workflow.Storage;

/// <summary>What the store holds of an instance: compared with its state it yields the rows to write.</summary>
internal sealed class InstanceImage
{
    private readonly List<HistoryEvent> _history = [];
    private readonly List<HistoryEvent> _inbox = [];
    private string? _customStatus;
    private PropagatedHistory? _propagated;
    private (int History, int Inbox, ulong Generation)? _metadata;
    private bool _open;

    public static InstanceImage Of(InstanceState state)
    {
        var image = new InstanceImage();
        if (state.Exists)
            image.Advance(new InstanceKeys("", ""), state, []);
        return image;
    }

    /// <summary>The rows that bring the store to the state; the image is then at the state.</summary>
    public void Advance(InstanceKeys keys, InstanceState state, List<RowChange> changes)
    {
        var id = state.InstanceId;
        Advance(_history, state.History, index => keys.History(id, index), changes);
        Advance(_inbox, state.Inbox, index => keys.Inbox(id, index), changes);

        if (_customStatus != state.CustomStatus)
        {
            changes.Add(new RowChange(keys.CustomStatus(id), state.CustomStatus is null ? null : new StringValue { Value = state.CustomStatus }));
            _customStatus = state.CustomStatus;
        }

        if (!ReferenceEquals(_propagated, state.Propagated))
            changes.Add(new RowChange(keys.Propagated(id), _propagated = state.Propagated));

        AdvanceMetadata(keys.Metadata(id), state, changes);

        var open = state.Exists && state.Completed is null;
        if (open != _open)
            changes.Add(new RowChange(keys.Open(id), open ? new Empty() : null));
        _open = open;
    }

    private void AdvanceMetadata(string key, InstanceState state, List<RowChange> changes)
    {
        (int, int, ulong)? metadata = state.Exists ? (state.History.Count, state.Inbox.Count, state.Generation) : null;
        if (metadata == _metadata)
            return;
        _metadata = metadata;
        changes.Add(new RowChange(key, !state.Exists ? null : new InstanceMetadata
        {
            HistoryLength = (ulong)state.History.Count,
            InboxLength = (ulong)state.Inbox.Count,
            Generation = state.Generation,
        }));
    }

    // Events never change once they are listed, so the same object means the same row.
    private static void Advance(List<HistoryEvent> stored, List<HistoryEvent> wanted, Func<int, string> key, List<RowChange> changes)
    {
        for (var index = 0; index < wanted.Count; index++)
        {
            if (index >= stored.Count || !ReferenceEquals(stored[index], wanted[index]))
                changes.Add(new RowChange(key(index), wanted[index]));
        }

        for (var index = wanted.Count; index < stored.Count; index++)
            changes.Add(new RowChange(key(index), null));

        var kept = 0;
        while (kept < stored.Count && kept < wanted.Count && ReferenceEquals(stored[kept], wanted[kept]))
            kept++;
        stored.RemoveRange(kept, stored.Count - kept);
        stored.AddRange(wanted.Skip(kept));
    }
}

/// <summary>A row to write, or to delete where there is nothing to hold. Serialized outside of the engine's lock.</summary>
internal sealed record RowChange(string Key, IMessage? Value)
{
    public StateChange ToStateChange() => Value is null ? StateChange.Delete(Key) : StateChange.Upsert(Key, Value.ToByteArray());
}
