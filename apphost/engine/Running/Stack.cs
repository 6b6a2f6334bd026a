using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Platform.LocalHost.Building;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Parameters;
using Platform.LocalHost.Processes;

namespace Platform.LocalHost.Running;

/// <summary>All resources of an application as they run on this machine.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A stack lives as long as its program; StopAsync releases what it holds.")]
internal sealed class Stack
{
    public const string Dots = "••••••";

    private readonly StackPlan _plan;
    private readonly CompilerServer _compiler;
    private readonly SemaphoreSlim _building = new(1, 1);
    private readonly RunContext _context;
    private readonly string _configuration;
    private readonly IReadOnlyCollection<ParameterResource> _secrets;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lazy<Task> _stop;

    public Stack(LocalApplicationBuilder builder, IServiceProvider services)
    {
        _context = new RunContext(builder.Instance, services) { Stopping = _stopping.Token };
        _compiler = new CompilerServer(_context);
        _configuration = AppHostProject.ConfigurationOf(builder.AppHostAssembly);
        _secrets = [.. builder.Resources.OfType<ParameterResource>().Where(parameter => parameter.Secret)];
        builder.Instance.MakeFolders();
        services.GetRequiredService<ResourceCommandService>().Attach(this);
        _plan = StackPlan.Make(builder, _context, BuildAsync);
        _stop = new(StopAllAsync);
    }

    /// <summary>Tells what the build is doing.</summary>
    public event Action<string>? Building;

    public RunContext Context => _context;

    public StateBoard Board => _context.Board;

    /// <summary>What this instance adds to all ports.</summary>
    public int PortOffset => _plan.PortOffset;

    public IReadOnlyList<Runner> Runners => _plan.Runners;

    /// <summary>Cancelled when the stack begins to stop.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public Runner Find(string name) => Runners.FirstOrDefault(runner => runner.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new StackException($"There is no resource '{name}'. There are: {string.Join(", ", Runners.Select(runner => runner.Name))}.");

    /// <summary>What a resource was started with beside what the host itself has.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="secrets">Whether secret parameters are told as they are, and not as dots.</param>
    /// <exception cref="StackException">There is none.</exception>
    public Dictionary<string, string> EnvironmentOf(string name, bool secrets)
    {
        var runner = Find(name);
        if (runner.StartedWith is not { } environment)
            throw new StackException($"{runner.Name} has no environment of its own, or was not started.");
        var hidden = secrets ? [] : _secrets.Where(secret => secret.Missing is null).Select(secret => secret.Current).Append(_context.Telemetry?.Key ?? "").Where(value => value.Length > 0).ToArray();
        return environment.Where(variable => variable.Value is not null)
            .ToDictionary(variable => variable.Key, variable => hidden.Aggregate(variable.Value!, static (value, secret) => value.Replace(secret, Dots, StringComparison.Ordinal)));
    }

    /// <summary>The resources that a resource's environment names.</summary>
    public Task<IReadOnlyList<Runner>> NamedByAsync(Runner runner, CancellationToken cancellationToken) =>
        DependencyGraph.NamedByAsync(runner, Runners, _context.Execution, cancellationToken);

    /// <summary>Whether a resource is made from a project.</summary>
    public bool CanRebuild(Runner runner) => _plan.Programs.ProjectOf(runner.Resource) is not null;

    /// <summary>Builds a resource's project and puts the new program in the place of the old one, without touching the others.</summary>
    /// <exception cref="StackException">It has no project, did not build, or did not start. While it is built, and after a failed build, the old program runs.</exception>
    public async Task RebuildAsync(Runner runner)
    {
        var project = _plan.Programs.ProjectOf(runner.Resource) ?? throw new StackException($"{runner.Name} is not made from a project.");
        await BuildAsync(project, runner);
        foreach (var replica in Runners.Where(other => other.Resource == runner.Resource))
        {
            await replica.StopAsync();
            await replica.StartAsync(Stopping);
        }
    }

    /// <summary>Builds what needs building, starts everything in the order of the waits, and returns when all is healthy.</summary>
    /// <exception cref="StackException">Something did not build, or did not start.</exception>
    /// <exception cref="MissingParameterValueException">A parameter has no value, and nobody can be asked.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        ProcessRecord.Reap(_context.Instance.ProcessesFolder);
        await _context.Announcements.BeforeStartAsync(either.Token);
        await RefuseMissingAsync(either.Token);
        _plan.Programs.Begin();
        await _context.Announcements.AllocatedAsync(either.Token);
        foreach (var resource in _context.Announcements.Resources.Except(Runners.OfType<CustomRunner>().Select(runner => runner.Resource)).ToList())
            await _context.Announcements.InitializeAsync(resource, _stopping.Token);
        var starts = Runners.Where(runner => !runner.StartsOnDemand).Select(runner => StartOneAsync(runner, either)).ToArray();
        await _context.Announcements.ResourcesCreatedAsync(either.Token);
        var failures = await Task.WhenAll(starts);
        if (failures.OfType<StackException>().FirstOrDefault() is { } failure)
            throw failure;
        cancellationToken.ThrowIfCancellationRequested();
        _stopping.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Stops everything, each resource after those that need it. Safe to call more than once.</summary>
    public Task StopAsync() => _stop.Value;

    // All of them at once, and before anything has started.
    private async Task RefuseMissingAsync(CancellationToken cancellationToken)
    {
        var missing = _context.Announcements.Resources.OfType<ParameterResource>().Except(_context.Parameters.Select(asked => asked.Parameter)).Where(parameter => parameter.Missing is not null).ToHashSet();
        if (missing.Count == 0)
            return;
        var needed = new HashSet<ParameterResource>();
        foreach (var runner in Runners.Where(runner => !runner.StartsOnDemand))
            needed.UnionWith(await NeededParameters.ByAsync(runner.Resource, _context.Execution, cancellationToken));
        if (missing.Where(needed.Contains).Select(parameter => parameter.Missing).ToList() is { Count: > 0 } reasons)
            throw new MissingParameterValueException(string.Join('\n', reasons));
    }

    private async Task<Exception?> StartOneAsync(Runner runner, CancellationTokenSource either)
    {
        try
        {
            await runner.StartAsync(either.Token);
            return null;
        }
        catch (StackException) when (Runners.Any(other => other.Dependencies.Any(dependency => dependency.Runner == runner && dependency.Behavior is WaitBehavior.WaitOnResourceUnavailable)))
        {
            // Somebody is to wait until it is mended.
            return null;
        }
        catch (StackException failure)
        {
            // The first failure ends the other starts; what failed because of it says nothing new.
            await either.CancelAsync();
            return failure;
        }
        catch (OperationCanceledException failure)
        {
            return failure;
        }
    }

    private async Task StopAllAsync()
    {
        await _stopping.CancelAsync();
        var stops = new Dictionary<Runner, Task>();
        await Task.WhenAll([_compiler.StopAsync(forGood: true), .. Runners.Select(StopAfterDependentsAsync)]);
        await _context.Announcements.LastAsync();
        _context.Notifications.Dispose();
        _context.Logs.Close();

        Task StopAfterDependentsAsync(Runner runner)
        {
            if (!stops.TryGetValue(runner, out var stop))
            {
                var dependents = Runners.Where(other => other.Dependencies.Any(dependency => dependency.Runner == runner)).Select(StopAfterDependentsAsync).ToArray();
                stops[runner] = stop = StopOneAsync(runner, dependents);
            }

            return stop;
        }
    }

    private static async Task StopOneAsync(Runner runner, Task[] dependents)
    {
        await Task.WhenAll(dependents);
        await runner.StopAsync();
    }

    // Two at once would write the same files.
    private async Task BuildAsync(string project, Runner runner)
    {
        await _building.WaitAsync(Stopping);
        try
        {
            runner.Log.Note($"building {Path.GetFileName(project)}", _context.Time.GetUtcNow());
            await new StackBuild(_context, _compiler, _configuration, [project]).BuildOneAsync(project, runner.Log.Write, Stopping);
        }
        finally
        {
            _building.Release();
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> BuildAsync(IReadOnlyCollection<string> projects)
    {
        using var log = new LogFile(_context.Instance.LogOf("build"));
        try
        {
            return await new StackBuild(_context, _compiler, _configuration, projects).RunAsync(step => Building?.Invoke(step), log.Write, _stopping.Token);
        }
        finally
        {
            // What runs now has more need of the memory than a build that may come.
            await _compiler.StopAsync(forGood: false);
        }
    }
}
