using Npgsql;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>Serves some topics of a group, within the share of its messages that is this process's due.</summary>
internal sealed partial class GroupServer(
    NpgsqlDataSource database, BrokerTables tables, BrokerOptions options, BrokerLeases leases, WakeListener listener, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns when stopped; the topics are free then.</summary>
    public async Task Serve(ConsumerGroup group, Consumer consumer, CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
                await TryServeShare(group, consumer, stopping);
        }
        finally
        {
            group.Release(consumer.Topics);
        }
    }

    private async Task TryServeShare(ConsumerGroup group, Consumer consumer, CancellationToken stopping)
    {
        try
        {
            await ServeShare(group, consumer, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It is told to stop.
        }
        catch (Exception error)
        {
            Log.Failed(logger, consumer.Id, error.Message);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private async Task ServeShare(ConsumerGroup group, Consumer consumer, CancellationToken stopping)
    {
        if (await leases.Enter(consumer.Id, stopping) is not { } share)
        {
            await Task.Delay(Pause, stopping);
            return;
        }

        try
        {
            Log.Serving(logger, consumer.Id, share.Slots?.Length ?? GroupLease.AllSlots, GroupLease.AllSlots);
            await Serve(group, consumer, share, stopping);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // The share changes, or was lost with its connection.
        }
        finally
        {
            await leases.Leave(consumer.Id);
        }
    }

    private async Task Serve(ConsumerGroup group, Consumer consumer, Share share, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, share.Changing, share.Lost);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stopping, share.Lost);
        var acknowledger = new Acknowledger(database, tables, consumer.Id);
        using var giveUp = new CancellationTokenSource();
        using var runner = new LaneRunner(consumer, options, new DeadLetters(database, tables, listener), acknowledger, logger);
        // When only the share changes, deliveries under way have all the time that they need.
        await using var grace = leaving.Token.Register(runner.StartGracePeriod);
        var acknowledging = acknowledger.Run(giveUp.Token);
        var signal = group.AddSignal();
        try
        {
            await new ConsumerSession(database, tables, options, consumer, share.Slots, signal, runner).Run(ending.Token);
        }
        finally
        {
            // The next session reads from the start: what was delivered must be gone by then, if it can be.
            group.Remove(signal);
            acknowledger.Complete();
            giveUp.CancelAfter(consumer.GracePeriod);
            await acknowledging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Consumer}: its messages cannot be served now, trying again: {Reason}")]
        public static partial void Failed(ILogger logger, string consumer, string reason);

        [LoggerMessage(LogLevel.Debug, "{Consumer}: this process serves {Held} of {All} parts of the messages")]
        public static partial void Serving(ILogger logger, string consumer, int held, int all);
    }
}
