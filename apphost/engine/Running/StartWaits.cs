using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Parameters;

namespace Platform.LocalHost.Running;

/// <summary>What a resource waits for before it starts: other resources, and values that somebody has still to give.</summary>
/// <param name="runner">The resource.</param>
/// <param name="context">What all share.</param>
/// <param name="tell">Hears what it waits for.</param>
internal sealed class StartWaits(Runner runner, RunContext context, Action<string> tell)
{
    /// <summary>Returns when there is nothing left to wait for.</summary>
    /// <exception cref="StackException">What it waits for will not come.</exception>
    public async Task AllAsync(CancellationToken cancellationToken)
    {
        await ForAsync(runner.Dependencies, cancellationToken);
        await ForParametersAsync(cancellationToken);
    }

    private async Task ForAsync(IReadOnlyList<Dependency> dependencies, CancellationToken cancellationToken)
    {
        foreach (var dependency in dependencies.Where(dependency => dependency.Wait is not null))
        {
            while (!dependency.IsMet)
            {
                tell(dependency.Describe(context.Time.GetUtcNow()));
                if (dependency.Unavailable is { } why)
                    throw new StackException($"{runner.Name}: {dependency.Runner.Name} {why}.");
                await dependency.ChangedAsync(context, cancellationToken);
            }
        }
    }

    // Which of them it needs is asked only where one is missing: code of the AppHost's own tells it.
    private async Task ForParametersAsync(CancellationToken cancellationToken)
    {
        var missing = context.Parameters.Where(parameter => parameter.Parameter.Missing is not null).ToList();
        if (missing.Count == 0 || runner is ParameterRunner)
            return;
        tell($"waiting for values of parameters: {string.Join(", ", missing.Select(parameter => parameter.Name))}");
        var needed = await NeededParameters.ByAsync(runner.Resource, context.Execution, cancellationToken);
        Dependency[] waits = [.. missing.Where(parameter => needed.Contains(parameter.Parameter)).Select(parameter => new Dependency(parameter, WaitType.WaitUntilStarted))];
        runner.Dependencies = [.. runner.Dependencies.Union(waits)];
        await ForAsync(waits, cancellationToken);
    }
}
