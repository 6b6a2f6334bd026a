using System.Diagnostics;
using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>
/// Keeps the connections to tenants' own databases few, however many of these there are: pools of so many databases are warm at
/// a time, each of few connections; the one that was left longest makes room for the next.
/// </summary>
internal sealed class TenantPools(int databases)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly Dictionary<string, Pool> _warm = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes a place in the pool of the database, waiting for one where connections of all warm pools are in use.</summary>
    /// <exception cref="TimeoutException">None became free in time.</exception>
    public async Task EnterAsync(string connectionString, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            Task left;
            lock (_gate)
            {
                if (TryEnter(connectionString))
                    return;
                left = _left.Task;
            }

            var rest = Patience - Stopwatch.GetElapsedTime(started);
            await left.WaitAsync(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, cancellationToken);
        }
    }

    /// <summary>Gives the place back.</summary>
    public void Leave(string connectionString)
    {
        lock (_gate)
        {
            if (!_warm.TryGetValue(connectionString, out var pool) || --pool.Users > 0)
                return;
            pool.LeftAt = Stopwatch.GetTimestamp();
            _left.TrySetResult();
            _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Closes what is open and unused.</summary>
    public static void Close(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    private bool TryEnter(string connectionString)
    {
        if (!_warm.TryGetValue(connectionString, out var pool))
        {
            if (_warm.Count >= databases && !TryCoolOne())
                return false;
            _warm[connectionString] = pool = new Pool();
        }

        pool.Users++;
        return true;
    }

    private bool TryCoolOne()
    {
        if (_warm.Keys.Where(text => _warm[text].Users == 0).MinBy(text => _warm[text].LeftAt) is not { } oldest)
            return false;
        _warm.Remove(oldest);
        Close(oldest);
        return true;
    }

    private sealed class Pool
    {
        public int Users { get; set; }

        public long LeftAt { get; set; }
    }
}
