using System.Diagnostics;

namespace Platform.Tenancy.Placements;

/// <summary>When tenants last worked in a database of their own, for the tasks that look for what they left to do.</summary>
internal sealed class DatabaseUse
{
    private int _open;
    private long _lastEnd;

    /// <summary>Somebody opens a connection.</summary>
    public void Begins() => Interlocked.Increment(ref _open);

    /// <summary>Closes it: whatever was written is there.</summary>
    public void Ends()
    {
        Touch();
        Interlocked.Decrement(ref _open);
    }

    /// <summary>There is something to do.</summary>
    public void Touch() => Volatile.Write(ref _lastEnd, Stopwatch.GetTimestamp());

    /// <summary>Whether something may have been written since.</summary>
    public bool IsSince(long timestamp) => Volatile.Read(ref _open) > 0 || Volatile.Read(ref _lastEnd) >= timestamp;
}
