using Platform.Communications.V1;

namespace Platform.Gateway.Live;

/// <summary>What is known of a company's changes of the last minutes, so that whoever was away for a moment learns what to ask for again.</summary>
internal sealed class ChangeLog(TimeProvider time)
{
    private const int MostBatches = 500;
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(10);

    // The clock of whoever wrote the batch is another one.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Queue<ChangeBatch> _batches = new();
    private long _completeAfter;
    private DateTimeOffset _completeSince;

    /// <summary>Of the latest batch that is known.</summary>
    public long Cursor { get; private set; }

    /// <summary>Begins with what is kept elsewhere.</summary>
    public void Begin(ListChangesResponse kept)
    {
        lock (_lock)
        {
            _batches.Clear();
            (Cursor, _completeAfter) = (kept.CompleteAfter, kept.CompleteAfter);
            // All of the retention is there, but for what was too much.
            _completeSince = kept.Batches is [{ } first, ..] && kept.Batches.Count >= MostBatches ? first.Time.ToDateTimeOffset() : time.GetUtcNow() - Retention;
            foreach (var batch in kept.Batches)
                Keep(batch);
            Cursor = Math.Max(Cursor, kept.Cursor);
        }
    }

    /// <summary>Adds what comes next. Others are known, or something is missing before them.</summary>
    public bool TryAdd(ChangeBatch batch)
    {
        lock (_lock)
        {
            if (batch.Cursor != Cursor + 1)
                return false;
            Keep(batch);
            return true;
        }
    }

    /// <summary>Whether the room has heard something since, as far as is known; what is not known counts as something.</summary>
    public bool HasChanged(Room room, Since since)
    {
        lock (_lock)
        {
            if (since.Cursor is { } text)
                return !long.TryParse(text, out var cursor) || cursor > Cursor || cursor < _completeAfter || _batches.Any(batch => batch.Cursor > cursor && Hears(room, batch));
            var from = time.GetUtcNow() - TimeSpan.FromMilliseconds(Math.Clamp(since.Age ?? 0, 0, Retention.TotalMilliseconds * 2)) - ClockDifference;
            return from < _completeSince || _batches.Any(batch => batch.Time.ToDateTimeOffset() >= from && Hears(room, batch));
        }
    }

    private void Keep(ChangeBatch batch)
    {
        _batches.Enqueue(batch);
        Cursor = batch.Cursor;
        while (_batches.Count > MostBatches || _batches.Peek().Time.ToDateTimeOffset() < time.GetUtcNow() - Retention)
        {
            var gone = _batches.Dequeue();
            (_completeAfter, _completeSince) = (gone.Cursor, gone.Time.ToDateTimeOffset() + TimeSpan.FromTicks(1));
            if (_batches.Count == 0)
                return;
        }
    }

    private static bool Hears(Room room, ChangeBatch batch) => batch.Changes.Any(room.Hears);
}
