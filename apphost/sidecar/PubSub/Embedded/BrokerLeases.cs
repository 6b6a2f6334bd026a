using Npgsql;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>
/// Sees to it that each message of a consumer group is delivered by one process at a time, whatever number of sidecars shares the
/// database. A group's messages fall into slots by key; a process holds an advisory lock for each slot that it serves, and as many
/// slots as are its due. All locks are on one connection: the server lets go of them when the process dies.
/// </summary>
internal sealed class BrokerLeases(NpgsqlDataSource database, BrokerTables tables) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, GroupLease> _groups = [];
    private NpgsqlConnection? _connection;
    private CancellationTokenSource _lost = new();

    /// <returns>Null while other processes hold all slots, or the share is about to change: to be asked again soon.</returns>
    public Task<Share?> Enter(string consumer, CancellationToken cancellationToken) => InTurn<Share?>(async () =>
    {
        if (!_groups.TryGetValue(consumer, out var group))
            _groups[consumer] = group = new GroupLease(consumer);
        if (group.IsChanging)
            return null;
        if (!group.IsMember)
            group.IsMember = await Execute(tables.JoinGroup, tables.GroupKey(consumer));
        if (group.Held.Count == 0)
            await Grow(group, (await Count([group]))[0]);
        if (group.Held.Count == 0)
            return null;
        group.Sessions++;
        return group.Share(_lost.Token);
    }, cancellationToken);

    /// <summary>A session has ended; after the last one a change takes place.</summary>
    public Task Leave(string consumer) => InTurn(async () =>
    {
        if (!_groups.TryGetValue(consumer, out var group) || --group.Sessions > 0 || !group.IsChanging)
            return false;
        group.Changed();
        await Release(group, group.Held.Count - group.Fair);
        return true;
    }, CancellationToken.None);

    /// <summary>Nobody in this process consumes for the group any more.</summary>
    public Task Abandon(string consumer) => InTurn(async () =>
    {
        if (!_groups.TryGetValue(consumer, out var group) || group.Sessions > 0)
            return false;
        _groups.Remove(consumer);
        group.Dispose();
        await Release(group, group.Held.Count);
        return !group.IsMember || await Execute(tables.LeaveGroup, tables.GroupKey(consumer));
    }, CancellationToken.None);

    /// <summary>Finds out whether the locks are still there, and whether they are fairly shared; to be called now and then.</summary>
    public Task Check(CancellationToken cancellationToken) => InTurn(async () =>
    {
        GroupLease[] groups = [.. _groups.Values.Where(group => group.IsMember && !group.IsChanging)];
        var members = await Count(groups);
        for (var i = 0; i < groups.Length; i++)
            await Balance(groups[i], members[i]);
        return true;
    }, cancellationToken);

    private async Task Balance(GroupLease group, int members)
    {
        var before = group.Held.Count;
        await Grow(group, members);
        if (group.Held.Count == before && before <= group.Fair)
            return;
        if (group.Sessions > 0)
            group.Change();
        else
            await Release(group, group.Held.Count - group.Fair);
    }

    private async Task Grow(GroupLease group, int members)
    {
        group.Fair = (GroupLease.AllSlots + members - 1) / members;
        var free = Enumerable.Range(0, GroupLease.AllSlots).Select(slot => (long)slot).Where(slot => !group.Held.Contains(slot)).ToArray();
        for (var next = 0; next < free.Length && group.Held.Count < group.Fair;)
        {
            var wanted = free.Skip(next).Take(group.Fair - group.Held.Count).ToArray();
            next += wanted.Length;
            await using var command = await Command(tables.LockSlots, tables.GroupKey(group.Consumer), wanted);
            group.Held.UnionWith((long[])(await command.ExecuteScalarAsync(CancellationToken.None))!);
        }
    }

    private async Task Release(GroupLease group, int count)
    {
        if (count <= 0)
            return;
        var slots = group.Held.OrderDescending().Take(count).ToArray();
        await using var command = await Command(tables.UnlockSlots, tables.GroupKey(group.Consumer), slots);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
        group.Held.ExceptWith(slots);
    }

    // Also tells whether the connection is still there.
    private async Task<int[]> Count(GroupLease[] groups)
    {
        await using var command = await Command(tables.CountMembers, (object)groups.Select(group => tables.GroupKey(group.Consumer)).ToArray());
        return (int[])(await command.ExecuteScalarAsync(CancellationToken.None))!;
    }

    private async Task<bool> Execute(string statement, string key)
    {
        await using var command = await Command(statement, key);
        return await command.ExecuteScalarAsync(CancellationToken.None) is true;
    }

    private async Task<NpgsqlCommand> Command(string statement, params object[] parameters)
    {
        _connection ??= await database.OpenConnectionAsync(CancellationToken.None);
        var command = new NpgsqlCommand(statement, _connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return command;
    }

    // A command that is cancelled midway leaves unknown whether a lock is held: short ones are let run.
    private async Task<T> InTurn<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            await Lose();
            throw error as NpgsqlException ?? new NpgsqlException("the connection of the leases broke", error);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task Lose()
    {
        var lost = _lost;
        _lost = new CancellationTokenSource();
        foreach (var group in _groups.Values)
            group.Forget();
        await lost.CancelAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        foreach (var group in _groups.Values)
            group.Dispose();
        _lost.Dispose();
        _turn.Dispose();
    }
}
