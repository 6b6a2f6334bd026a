using Platform.Sidecar.PubSub.Subscriptions;

namespace Platform.Sidecar.PubSub.Delivery;

/// <summary>Gathers single deliveries into bulks; each learns its own result.</summary>
internal sealed class BulkDelivery(BulkOptions options, ITopicSink sink, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Bulk? _filling;

    public Task<DeliveryResult> Send(TopicMessage message, CancellationToken cancellationToken)
    {
        var entry = new Entry(message, new TaskCompletionSource<DeliveryResult>(TaskCreationOptions.RunContinuationsAsynchronously));
        Bulk? full = null;
        lock (_lock)
        {
            if (_filling is null)
            {
                var bulk = _filling = new Bulk(cancellationToken);
                bulk.Timer = time.CreateTimer(_ => FlushIfStillFilling(bulk), null, options.MaxWait, Timeout.InfiniteTimeSpan);
            }

            _filling.Entries.Add(entry);
            if (_filling.Entries.Count >= options.MaxMessages)
                (full, _filling) = (_filling, null);
        }

        if (full is not null)
            _ = Flush(full);
        return entry.Result.Task.WaitAsync(cancellationToken);
    }

    private void FlushIfStillFilling(Bulk bulk)
    {
        lock (_lock)
        {
            if (_filling != bulk)
                return;
            _filling = null;
        }

        _ = Flush(bulk);
    }

    private async Task Flush(Bulk bulk)
    {
        bulk.Timer!.Dispose();
        await Task.WhenAll(bulk.Entries.GroupBy(entry => entry.Message.Path).Select(group => SendAll([.. group], bulk.Token)));
    }

    private async Task SendAll(IReadOnlyList<Entry> entries, CancellationToken cancellationToken)
    {
        try
        {
            var results = await sink.SendBulk([.. entries.Select(entry => entry.Message)], cancellationToken);
            for (var i = 0; i < entries.Count; i++)
                entries[i].Result.TrySetResult(results[i]);
        }
        catch (Exception error)
        {
            foreach (var entry in entries)
                entry.Result.TrySetException(error);
        }
    }

    private sealed record Entry(TopicMessage Message, TaskCompletionSource<DeliveryResult> Result);

    // All messages of a bulk share the fate of the first when the consumer stops.
    private sealed class Bulk(CancellationToken token)
    {
        public List<Entry> Entries { get; } = [];
        public CancellationToken Token { get; } = token;
        public ITimer? Timer { get; set; }
    }
}
