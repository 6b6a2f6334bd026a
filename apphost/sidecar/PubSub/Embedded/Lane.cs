namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>
/// The messages of one key, delivered one after another; or one message that has no key.
/// It is touched only under the lock of its session.
/// </summary>
internal sealed class Lane(string? key)
{
    private const int MostHeld = 100;

    private readonly Queue<QueueRow> _rows = new();

    /// <summary>Topic and partition key in one; null for a message without a key.</summary>
    public string? Key { get; } = key;

    /// <summary>The last message that was taken in; further ones of this key come after it.</summary>
    public QueueRow? Last { get; private set; }

    /// <summary>Whether more of this key wait in the table than the lane holds.</summary>
    public bool HasMoreInTable { get; set; }

    public int Count => _rows.Count;

    /// <returns>False when the row stays in the table for later.</returns>
    public bool TryAdd(QueueRow row)
    {
        if (HasMoreInTable || _rows.Count >= MostHeld)
        {
            HasMoreInTable = true;
            return false;
        }

        Add(row);
        return true;
    }

    public void Add(QueueRow row)
    {
        _rows.Enqueue(row);
        Last = row;
    }

    public QueueRow? Take() => _rows.TryDequeue(out var row) ? row : null;

    /// <summary>Lets go of everything behind the message at hand, which goes on to fail: it must not fill the memory.</summary>
    /// <returns>How many rows were let go.</returns>
    public int Shed(QueueRow current)
    {
        var count = _rows.Count;
        HasMoreInTable |= count > 0;
        _rows.Clear();
        Last = current;
        return count;
    }
}
