using Google.Protobuf;
using Platform.DurableTask;

namespace Platform.Sidecar.Workflow.Core;

/// <summary>History that a caller shows to what it calls.</summary>
internal static class Propagation
{
    public static PropagatedHistory? Of(InstanceState state, HistoryPropagationScope scope)
    {
        if (scope == HistoryPropagationScope.None)
            return null;
        var history = new PropagatedHistory { Scope = scope };
        if (scope == HistoryPropagationScope.Lineage && state.Propagated is { } received)
            history.Chunks.AddRange(received.Chunks);
        history.Chunks.Add(new PropagatedHistoryChunk
        {
            AppId = state.AppId,
            InstanceId = state.InstanceId,
            WorkflowName = state.Started?.Name ?? "",
            RawEvents = { state.History.Select(entry => entry.ToByteString()) },
        });
        return history;
    }
}
