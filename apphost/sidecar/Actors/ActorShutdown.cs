namespace Platform.Sidecar.Actors;

/// <summary>
/// Holds up the stop until all actors are deactivated: the API still answers then, and an actor may save its state in farewell.
/// </summary>
internal sealed class ActorShutdown(ActorPlacement placement, IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        lifetime.StopApplication();
        await placement.WhenEmpty(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        placement.Close();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
