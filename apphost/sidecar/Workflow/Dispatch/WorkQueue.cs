namespace Platform.Sidecar.Workflow.Dispatch;

/// <summary>An app's work: goes to the least busy of its workers, or waits for one. Guarded by the engine's lock.</summary>
internal sealed class WorkQueue
{
    private readonly Queue<Work> _waiting = new();
    private readonly List<WorkerStream> _streams = [];

    public int Workers => _streams.Count;

    public void Add(Work work)
    {
        if (_streams.MinBy(stream => stream.InHand.Count) is { } stream)
            stream.Take(work);
        else
            _waiting.Enqueue(work);
    }

    /// <summary>Answered, or no longer wanted.</summary>
    public static void Done(Work work)
    {
        work.Holder?.InHand.Remove(work);
        work.Holder = null;
    }

    public void Connect(WorkerStream stream)
    {
        _streams.Add(stream);
        while (_waiting.TryDequeue(out var work))
            Add(work);
    }

    /// <summary>What the worker had in hand goes to another one: nobody knows how far it came.</summary>
    public void Disconnect(WorkerStream stream)
    {
        _streams.Remove(stream);
        foreach (var work in stream.InHand)
        {
            work.Holder = null;
            Add(work);
        }

        stream.InHand.Clear();
    }
}
