using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Platform.LocalHost.Running;

/// <summary>
/// A resource of the AppHost's own: whoever hears <see cref="InitializeResourceEvent"/> brings it up, and tells with
/// <see cref="ResourceNotificationService"/> what it is doing.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A runner lives as long as its stack.")]
internal sealed class CustomRunner : Runner
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly Action<ILogger, Exception?> Failed =
        LoggerMessage.Define(LogLevel.Error, new EventId(1, nameof(Failed)), "What brings the resource up failed.");

    private CancellationTokenSource? _life;
    private Task _work = Task.CompletedTask;
    private CustomResourceSnapshot? _end;

    public CustomRunner(RunContext context, IResource resource)
        : base(context, resource, resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal)) => context.Notifications.Told += OnTold;

    protected override int? ProcessId => null;

    protected override bool OwnsPorts => false;

    protected override async Task StartCoreAsync(CancellationToken cancellationToken)
    {
        _life?.Dispose();
        // Whoever brings it up may be at work for as long as it runs.
        _life = CancellationTokenSource.CreateLinkedTokenSource(Context.Stopping);
        Interlocked.Exchange(ref _end, null);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Watched from before the first word is said.
        var reached = Context.Notifications.WaitForResourceAsync(Name, [KnownResourceStates.Running, .. KnownResourceStates.TerminalStates], waiting.Token);
        var work = Context.Announcements.InitializedAsync(Resource, _life.Token);
        _work = SayAsync(work);
        try
        {
            if (await FirstWordAsync(reached, work).WaitAsync(HealthTimeout, cancellationToken) == KnownResourceStates.FailedToStart)
                throw new StackException($"{Name} did not start.");
        }
        catch (TimeoutException)
        {
            throw new StackException($"{Name} has not told within {HealthTimeout.TotalSeconds:0} s that it runs: whoever brings it up says so with ResourceNotificationService.");
        }
        finally
        {
            await waiting.CancelAsync();
        }

        NoteEnd();
    }

    // An end that was told before it was known to run is not known yet.
    protected override void OnRunning() => NoteEnd();

    protected override async Task StopCoreAsync()
    {
        if (_life is not null)
            await _life.CancelAsync();
        // What it says at its end is of this run, and not of the next.
        await _work.WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override Task<string?> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    // Who has told that it runs may go on; who fails before that will never tell.
    private static async Task<string> FirstWordAsync(Task<string> reached, Task work)
    {
        if (await Task.WhenAny(reached, work) == work)
            await work;
        return await reached;
    }

    private async Task SayAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // It is to end.
        }
        catch (StackException failure)
        {
            Failed(Context.Logs.GetLogger(Name), failure.InnerException ?? failure);
        }
    }

    private void OnTold(ResourceEvent told)
    {
        if (told.Resource != Resource || !ResourceNotificationService.HasEnded(told.Snapshot))
            return;
        Interlocked.Exchange(ref _end, told.Snapshot);
        if (State.State is ResourceState.Running)
            NoteEnd();
    }

    private void NoteEnd()
    {
        if (Interlocked.Exchange(ref _end, null) is { } end)
            OnEnded(end.ExitCode);
    }
}
