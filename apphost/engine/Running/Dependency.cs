using Aspire.Hosting.ApplicationModel;

namespace Platform.LocalHost.Running;

/// <summary>Another resource that this one needs.</summary>
/// <param name="Runner">The other resource.</param>
/// <param name="Wait">What a start waits for; null orders only the stop.</param>
/// <param name="ExitCode">The exit code that is waited for.</param>
/// <param name="Behavior">What becomes of the start when the other resource has ended by itself or did not start.</param>
internal sealed record Dependency(Runner Runner, WaitType? Wait, int ExitCode = 0, WaitBehavior Behavior = WaitBehavior.StopOnResourceUnavailable)
{
    /// <summary>Why there is nothing to wait for any more; null while there is.</summary>
    public string? Unavailable => (Runner.State, Behavior, Wait) switch
    {
        (_, WaitBehavior.WaitOnResourceUnavailable, not WaitType.WaitForCompletion) => null,
        ({ HasFailed: true }, _, _) => "did not start",
        // Whoever has stopped it will start it again; what ended by itself does not come back. Why, its own start says if it is under way.
        ({ State: ResourceState.Exited, IsStoppedOnRequest: false } ended, _, not WaitType.WaitForCompletion) when !Runner.IsStarting => $"has ended, with exit code {ended.ExitCode}",
        _ => null,
    };

    public bool IsMet => Wait switch
    {
        WaitType.WaitUntilStarted => Runner.State.State is ResourceState.Running,
        WaitType.WaitForCompletion => Runner.State.State is ResourceState.Exited && CompletedAsExpected(),
        _ => Runner.State.IsReady,
    };

    public string Describe(DateTimeOffset now)
    {
        var state = Runner.State;
        var reason = state.State is ResourceState.Waiting ? "it waits itself" : state.Detail ?? state.State switch
        {
            ResourceState.Running when state.Healthy == true => "what the AppHost does when it is ready is not done yet",
            ResourceState.Running => "not healthy yet",
            ResourceState.Exited => "it has ended",
            ResourceState.NotStarted when Runner.StartsOnDemand => "it starts when somebody starts it",
            _ => "starting",
        };
        return $"waiting for {Runner.Name}: {reason}, {(now - state.Since).TotalSeconds:0} s";
    }

    /// <summary>Completes at the next change of the other resource, or after a second for the clock in the description.</summary>
    public async Task ChangedAsync(RunContext context, CancellationToken cancellationToken)
    {
        var before = Runner.State;
        using var tick = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        tick.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            await context.Board.WhenAsync(Runner.Name, state => state != before, tick.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The second is over.
        }
    }

    private bool CompletedAsExpected()
    {
        if (Runner.State.ExitCode != ExitCode)
            throw new StackException($"{Runner.Name} ended with exit code {Runner.State.ExitCode}; {ExitCode} was expected.");
        return true;
    }
}
