namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>What this process holds of one consumer group. It is touched only in the turn of <see cref="BrokerLeases"/>.</summary>
internal sealed class GroupLease(string consumer) : IDisposable
{
    public const int AllSlots = 16;

    private CancellationTokenSource _changing = new();

    public string Consumer { get; } = consumer;
    public HashSet<long> Held { get; } = [];

    /// <summary>Whether other processes count this one when they share.</summary>
    public bool IsMember { get; set; }

    /// <summary>Sessions that deliver now.</summary>
    public int Sessions { get; set; }

    /// <summary>How many slots this process is to hold.</summary>
    public int Fair { get; set; } = AllSlots;

    public bool IsChanging => _changing.IsCancellationRequested;

    public Share Share(CancellationToken lost) => new(Held.Count == AllSlots ? null : [.. Held], _changing.Token, lost);

    public void Change() => _changing.Cancel();

    public void Changed()
    {
        _changing.Dispose();
        _changing = new CancellationTokenSource();
    }

    /// <summary>The connection broke, and all locks with it.</summary>
    public void Forget()
    {
        Held.Clear();
        IsMember = false;
    }

    public void Dispose() => _changing.Dispose();
}
