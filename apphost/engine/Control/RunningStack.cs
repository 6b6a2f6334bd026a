using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Platform.Dashboard;
using Platform.LocalHost.Dapr;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Control;

/// <summary>The stack as its dashboard sees it.</summary>
internal sealed class RunningStack(Instance instance, Stack stack) : IRunningStack
{
    private const string EmbeddedBroker = "pubsub.embedded";
    private const string SidecarToken = "DAPR_API_TOKEN";

    public string Instance => instance.Name;

    public IReadOnlyList<RunningResource> Resources => [.. stack.Runners.Select(runner => Describe(stack, runner, runner.State))];

    public IReadOnlyList<DaprApp> DaprApps => Sidecar is not { } sidecar ? [] : [.. sidecar.Apps.Select(AppOf)];

    private LocalSidecarResource? Sidecar => stack.Runners.Select(runner => runner.Resource).OfType<LocalSidecarResource>().FirstOrDefault();

    public static RunningResource Describe(Stack stack, Runner runner, ResourceSnapshot state) => new(
        state.Name,
        state.Type,
        state.State.ToString(),
        state.Healthy,
        state.Detail,
        state.ProcessId,
        state.ExitCode,
        state.Since,
        state.Urls,
        [.. runner.Dependencies.Where(dependency => dependency.Wait is not null).Select(dependency => dependency.Runner.Name).Distinct()],
        stack.CanRebuild(runner))
    {
        Relations = [.. runner.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(relation => (relation.Type, relation.Resource.Name))],
    };

    public async Task<IReadOnlyList<string>> ReferencesOfAsync(string name, CancellationToken cancellationToken) =>
        [.. (await stack.NamedByAsync(stack.Find(name), cancellationToken)).Select(runner => runner.Name)];

    public IReadOnlyDictionary<string, string>? EnvironmentOf(string name, bool secrets) =>
        stack.Find(name).StartedWith is null ? null : new SortedDictionary<string, string>(stack.EnvironmentOf(name, secrets), StringComparer.Ordinal);

    public async Task<string?> BrokerDatabaseAsync(CancellationToken cancellationToken)
    {
        var connection = Sidecar?.Components.Where(component => component.Type == EmbeddedBroker)
            .SelectMany(component => component.Annotations.OfType<ComponentMetadataAnnotation>()).FirstOrDefault(item => item.Name == "connectionString")?.Value;
        // In the way of libpq, keywords with spaces between them: what Npgsql takes but for the name of one of them.
        return connection is null ? null
            : (await connection.GetValueAsync(cancellationToken))?.Replace(' ', ';').Replace("user=", "username=", StringComparison.Ordinal);
    }

    public async Task<string?> ActAsync(string name, string action)
    {
        try
        {
            await ResourceActions.DoAsync(stack, name, action);
            return null;
        }
        catch (StackException failure)
        {
            return failure.Message;
        }
    }

    private DaprApp AppOf(SidecarApp app)
    {
        var ports = SidecarPorts.Of(app.Sidecar, stack.PortOffset);
        var environment = stack.Runners.FirstOrDefault(runner => runner.Resource == app.App)?.StartedWith;
        return new DaprApp(app.Id, app.App.Name, ports.Http, ports.Grpc) { Token = environment?.GetValueOrDefault(SidecarToken) };
    }
}
