namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>Counts what a consumer holds in memory and what waits for another attempt, and so how much more it may read.</summary>
internal sealed class Window(BrokerOptions options, Signal wake)
{
    private readonly Lock _lock = new();
    private int _held;
    private int _blocked;
    private bool _full;

    /// <returns>How many rows may be read now; after zero, the signal comes when there is room again.</returns>
    public int Room(int atMost)
    {
        lock (_lock)
        {
            var room = _blocked >= options.MaxBlocked ? 0 : Math.Min(atMost, options.Window - _held);
            _full = room <= 0;
            return room;
        }
    }

    public void Hold(int rows)
    {
        lock (_lock)
            _held += rows;
    }

    /// <summary>A message has failed for the first time: it waits from now on, and the rows behind it were let go.</summary>
    public void Block(int letGo) => Change(held: -1 - letGo, blocked: 1);

    /// <summary>A message has come to its end.</summary>
    public void Release(bool wasBlocked) => Change(held: wasBlocked ? 0 : -1, blocked: wasBlocked ? -1 : 0);

    private void Change(int held, int blocked)
    {
        lock (_lock)
        {
            _held += held;
            _blocked += blocked;

            // Half of the window at once, not a query for each place that comes free.
            if (!_full || _held > options.Window / 2 || _blocked >= options.MaxBlocked)
                return;
            _full = false;
        }

        wake.Set();
    }
}
