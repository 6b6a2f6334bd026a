using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Endpoints;
using Platform.LocalHost.Projects;
using Platform.LocalHost.Running;
using Platform.LocalHost.Waiting;
using Platform.LocalPostgres.Processes;

namespace Platform.LocalHost.Processes;

/// <summary>Runs a resource as a process.</summary>
internal sealed class ProcessRunner(RunContext context, IResource resource, string type, Func<CancellationToken, Task<ProcessCommand>> command, Replica? replica = null)
    : Runner(context, resource, type, replica?.Name)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly HttpProbe[] _probes = [.. resource.Annotations.OfType<HttpHealthCheck>().Select(check => ProbeOf(resource, check, replica))];
    private IReadOnlyDictionary<string, string?>? _environment;
    private Process? _process;
    private Task _watch = Task.CompletedTask;

    public override IReadOnlyDictionary<string, string?>? StartedWith => _environment;

    protected override IReadOnlyList<string> Addresses => replica is null ? base.Addresses : [.. replica.Endpoints.Select(endpoint => endpoint.UriString)];

    protected override IEnumerable<int> Ports => replica?.Endpoints.Select(endpoint => endpoint.Port) ?? base.Ports;

    protected override int? ProcessId => _process is { HasExited: false } running ? running.Id : null;

    protected override async Task StartCoreAsync(CancellationToken cancellationToken)
    {
        var what = await command(cancellationToken);
        Log.Note($"starting {what.FileName} {string.Join(' ', what.Arguments.Select(Shown))}", Now);
        var process = ChildProcess.Start(new(what.FileName, what.Arguments)
        {
            WorkingDirectory = what.WorkingDirectory,
            Environment = what.Environment,
            DeathSignal = Signal.Kill,
            Output = Log.Write,
        });
        (_process, _environment) = (process, what.Environment);
        Context.Guard.Add(process.Id);
        ProcessRecord.Of(process.Id).Save(Context.Instance.ProcessesFolder, Name);
        _watch = WatchAsync(process);
    }

    protected override async Task StopCoreAsync()
    {
        if (_process is { HasExited: false } process)
            await EndAsync(process);

        // The end is noted before anything else happens, or a restart would take it for that of the new process.
        await _watch;
    }

    private async Task EndAsync(Process process)
    {
        ChildProcess.Send(process.Id, Signal.Terminate);
        await ExitedAsync(process, Grace);
        if (!process.HasExited)
            Log.Note($"did not end within {Grace.TotalSeconds} s and is killed", Now);

        ChildProcess.Send(process.Id, Signal.Kill, wholeGroup: true);
    }

    protected override async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var probe in _probes)
        {
            if (await probe.CheckAsync(cancellationToken) is { } problem)
                return problem;
        }

        return null;
    }

    // What lies in the repository is called by its place there.
    private string Shown(string argument) =>
        argument.StartsWith(Context.Instance.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Path.GetRelativePath(Context.Instance.Root, argument) : argument;

    private async Task WatchAsync(Process process)
    {
        await process.WaitForExitAsync();
        // Whatever the process itself has started goes with it.
        ChildProcess.Send(process.Id, Signal.Kill, wholeGroup: true);
        Context.Guard.Remove(process.Id);
        ProcessRecord.Remove(Context.Instance.ProcessesFolder, Name);
        OnEnded(process.ExitCode);
    }

    private static async Task ExitedAsync(Process process, TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        await process.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static HttpProbe ProbeOf(IResource resource, HttpHealthCheck check, Replica? replica)
    {
        var endpoint = check.EndpointOf(resource);
        var http2 = endpoint.Transport == "http2" || resource.Annotations.OfType<Http2ServiceAnnotation>().Any();
        var port = (replica?.Endpoints.First(own => own.Endpoint == endpoint) ?? endpoint.AllocatedEndpoint!).Port.ToString(CultureInfo.InvariantCulture);
        return new HttpProbe(new Uri($"{endpoint.UriScheme}://localhost:{port}{check.Path}"), http2, check.StatusCode);
    }
}

/// <summary>A program to start, everything resolved.</summary>
internal sealed record ProcessCommand(string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string?> Environment);
