using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Platform.LocalHost.Running;

/// <summary>
/// A resource of the AppHost's own: whoever hears <see cref="InitializeResourceEvent"/> brings it up, and tells with
/// <see cref="ResourceNotificationService"/> what it is doing.
/// </summary>
internal sealed class CustomRunner : Runner
{
    private readonly RunContext _run;

    public CustomRunner(RunContext context, IResource resource)
        : base(context, resource, resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal))
    {
        _run = context;
        context.Notifications.Told += OnTold;
    }

    protected override int? ProcessId => null;

    protected override bool OwnsPorts => false;

    protected override async Task StartCoreAsync(CancellationToken cancellationToken)
    {
        // Watched from before the first word is said.
        var reached = _run.Notifications.WaitForResourceAsync(Name, [KnownResourceStates.Running, .. KnownResourceStates.TerminalStates], cancellationToken);
        await _run.Announcements.InitializeAsync(Resource, cancellationToken);
        if (await reached is var state && state == KnownResourceStates.FailedToStart)
            throw new StackException($"{Name} did not start.");
    }

    protected override Task StopCoreAsync() => Task.CompletedTask;

    protected override Task<string?> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    private void OnTold(ResourceEvent told)
    {
        if (told.Resource == Resource && State.State is ResourceState.Running && ResourceNotificationService.HasEnded(told.Snapshot))
            OnEnded(told.Snapshot.ExitCode);
    }
}
