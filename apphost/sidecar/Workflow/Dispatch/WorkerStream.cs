using System.Threading.Channels;

namespace Platform.Sidecar.Workflow.Dispatch;

/// <summary>A connected worker and what it has in hand.</summary>
internal sealed class WorkerStream
{
    private readonly Channel<Work> _outgoing = System.Threading.Channels.Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Written or about to be, and not answered.</summary>
    public HashSet<Work> InHand { get; } = [];

    public ChannelReader<Work> Outgoing => _outgoing.Reader;

    public void Take(Work work)
    {
        work.Holder = this;
        InHand.Add(work);
        _outgoing.Writer.TryWrite(work);
    }
}
