using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Platform.Dashboard;
using Platform.LocalHost.Dapr;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Parameters;
using Platform.LocalHost.Relations;
using Platform.LocalHost.Running;
using Platform.LocalHost.Unsupported;

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
        Relations = [.. runner.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(relation => (relation.Type, relation.Resource.Name)).Distinct()],
        Links = [.. state.Links.Select(link => new Link(link.Url, link.Text is { Length: > 0 } text ? text : link.Url, link.DetailsOnly))],
        Commands = [.. StackCommands.Of(stack, runner, ResourceCommandVisibility.UI).Select(CommandOf)],
        Properties = [.. PropertiesOf(stack, runner)],
        NotSupported = NotSupportedAnnotation.Of(runner.Resource),
        IsHidden = HiddenAnnotation.Hides(runner.Resource, state),
        CanBeStopped = runner is not ParameterRunner,
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

    public async Task<CommandOutcome> RunAsync(string name, string command, IReadOnlyDictionary<string, string> arguments)
    {
        try
        {
            return await StackCommands.RunAsync(stack, name, command, arguments, ResourceCommandVisibility.UI);
        }
        catch (StackException failure)
        {
            return new CommandOutcome(false, failure.Message, null);
        }
    }

    private static IEnumerable<(string Name, string Value)> PropertiesOf(Stack stack, Runner runner) => !stack.Context.Notifications.TryGetCurrentState(runner.Name, out var now) ? []
        : now.Snapshot.Properties.Select(property => (property.Name, property.IsSensitive ? Stack.Dots : property.Value?.ToString() ?? ""));

    private static RunningCommand CommandOf(ResourceCommandSnapshot command) => new(
        command.Name,
        command.DisplayName,
        command.DisplayDescription,
        command.ConfirmationMessage,
        command.State is ResourceCommandState.Enabled,
        command.IsHighlighted,
        [.. command.Arguments.Select(input => new CommandField(input.Name, input.Label ?? input.Name, KindOf(input.InputType), input.Value, input.Description, input.Required, input.Options ?? []) { Example = input.Placeholder, MostCharacters = input.MaxLength })]);

    private static string KindOf(InputType type) => type switch
    {
        InputType.SecretText => "password",
        InputType.Number => "number",
        InputType.Boolean => "checkbox",
        InputType.Choice => "select",
        _ => "text",
    };

    private DaprApp AppOf(SidecarApp app)
    {
        var ports = SidecarPorts.Of(app.Sidecar, stack.PortOffset);
        var environment = stack.Runners.FirstOrDefault(runner => runner.Resource == app.App)?.StartedWith;
        return new DaprApp(app.Id, app.App.Name, ports.Http, ports.Grpc) { Token = environment?.GetValueOrDefault(SidecarToken) };
    }
}
