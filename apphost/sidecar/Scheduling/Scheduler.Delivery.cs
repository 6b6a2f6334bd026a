using Platform.Sidecar.State;

namespace Platform.Sidecar.Scheduling;

/// <content>What happens when an alarm rings.</content>
internal sealed partial class Scheduler
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _isStopped;

    /// <summary>The audience is there: what has waited for it is delivered, and what is due from now on.</summary>
    public void Open(Audience audience)
    {
        HashSet<ScheduledEntry> waiting;
        lock (_gate)
        {
            _open.Add(audience);
            waiting = _staged.Remove(audience, out var staged) ? staged : [];
        }

        foreach (var entry in waiting.OrderBy(entry => entry.Next))
            _ = Deliver(entry);
    }

    public void Close(Audience audience)
    {
        lock (_gate)
            _open.Remove(audience);
    }

    /// <summary>No alarm rings any more; what is under way goes on.</summary>
    public void Stop()
    {
        _alarms.Stop();
        lock (_gate)
        {
            _isStopped = true;
            if (_running == 0)
                _stopped.TrySetResult();
        }
    }

    /// <summary>Ends when, after a stop, nothing is under way any more.</summary>
    public Task Stopped => _stopped.Task;

    private async Task Deliver(ScheduledEntry entry)
    {
        lock (_gate)
        {
            if (_isStopped || !IsCurrent(entry) || entry.IsRunning)
                return;
            if (!_open.Contains(entry.Key.Audience))
            {
                Stage(entry);
                return;
            }

            entry.IsRunning = true;
            _running++;
        }

        // Off the clock's thread, and off that of whoever opened the audience.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (await Conclude(entry, await TryDeliver(entry)))
            Resume(entry);
        lock (_gate)
        {
            if (--_running == 0 && _isStopped)
                _stopped.TrySetResult();
        }
    }

    private async Task<DeliveryOutcome> TryDeliver(ScheduledEntry entry)
    {
        try
        {
            return await _targets[entry.Key.Audience.Kind].Deliver(entry, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return DeliveryOutcome.Undeliverable;
        }
        catch (Exception failure)
        {
            Log.Failed(_logger, entry.Key.Name, entry.Key.Audience.Name, failure.Message);
            return DeliveryOutcome.Failed;
        }
    }

    /// <returns>False for what was overwritten or deleted meanwhile, and what waits otherwise.</returns>
    private async Task<bool> Conclude(ScheduledEntry entry, DeliveryOutcome outcome)
    {
        Task written;
        lock (_gate)
        {
            if (outcome == DeliveryOutcome.Undeliverable || !IsCurrent(entry))
            {
                entry.IsRunning = false;
                TryAgainSoon(entry);
                return false;
            }

            if (outcome == DeliveryOutcome.Done)
                entry.Delivered();
            else if (outcome == DeliveryOutcome.Failed)
                entry.Failed(_time.GetUtcNow());
            var over = outcome == DeliveryOutcome.Cancelled || entry.Next is null;
            if (over)
                _entries.Remove(entry.Key);
            var row = entry.Home.RowOf(entry.Key);
            written = _writer.Add(entry.Home, over ? StateChange.Delete(row) : StateChange.Upsert(row, entry.ToRow()), untilDone: true);
        }

        // Not before the store knows: a crash then repeats no more than this one delivery.
        await written.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return written.IsCompletedSuccessfully;
    }

    private void Resume(ScheduledEntry entry)
    {
        lock (_gate)
        {
            entry.IsRunning = false;
            Wait(entry);
        }
    }

    private void TryAgainSoon(ScheduledEntry entry)
    {
        if (!IsCurrent(entry))
            return;
        if (_open.Contains(entry.Key.Audience))
            _alarms.Set(entry, _time.GetUtcNow() + PauseWhenNobodyThere);
        else
            Stage(entry);
    }

    private void Stage(ScheduledEntry entry)
    {
        if (!_staged.TryGetValue(entry.Key.Audience, out var staged))
            _staged.Add(entry.Key.Audience, staged = []);
        staged.Add(entry);
    }
}
