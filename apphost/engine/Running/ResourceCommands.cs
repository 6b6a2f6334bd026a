using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Dapr;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Keycloak;
using Platform.LocalHost.Processes;
using Platform.LocalHost.Projects;
using Platform.LocalHost.Variables;

namespace Platform.LocalHost.Running;

/// <summary>How each kind of resource is started as a process.</summary>
internal sealed class ResourceCommands(LocalApplicationBuilder builder, RunContext context, ProgramSource programs, int portOffset)
{
    /// <summary>Null for resources that do not run by themselves, such as parameters and databases.</summary>
    public Runner? RunnerOf(IResource resource) => resource switch
    {
        ProjectResource => new ProcessRunner(context, resource, "Project", token => ProjectAsync(resource, DefaultEnvironment.OfProject(resource, portOffset, context.Telemetry), [], token)),
        ExecutableResource executable => new ProcessRunner(context, resource, "Program", token => ExecutableAsync(executable, token)),
        KeycloakResource keycloak => new ProcessRunner(context, LocalKeycloak.WithHealthCheck(keycloak), "Identity provider", token => KeycloakAsync(keycloak, token)),
        LocalSidecarResource sidecar => new ProcessRunner(context, resource, "Dapr sidecar", token => SidecarAsync(sidecar, token)),
        _ => null,
    };

    /// <summary>The processes of a project beyond the first.</summary>
    public IEnumerable<Runner> ReplicasOf(IResource resource) => Replica.OthersOf(resource).Select(replica => new ProcessRunner(
        context, resource, "Project", token => ProjectAsync(resource, DefaultEnvironment.OfProject(resource, portOffset, context.Telemetry, replica), [], token, replica), replica));

    private async Task<ProcessCommand> ProjectAsync(
        IResource resource, Dictionary<string, object> defaults, IEnumerable<string> arguments, CancellationToken cancellationToken, Replica? replica = null)
    {
        var project = programs.ProjectOf(resource) ?? throw new StackException($"{resource.Name}: the AppHost's project names no LocalProvider for this kind of resource.");
        var program = await programs.ProgramOfAsync(project, cancellationToken);
        var environment = await ResolvedEnvironment.OfAsync(resource, defaults, builder.ExecutionContext, cancellationToken, replica);
        var own = await ResolvedEnvironment.ArgumentsOfAsync(resource, cancellationToken, replica);
        return new ProcessCommand("dotnet", [program, .. arguments, .. own], Path.GetDirectoryName(project)!, environment);
    }

    private async Task<ProcessCommand> ExecutableAsync(ExecutableResource resource, CancellationToken cancellationToken) => new(
        resource.Command,
        await ResolvedEnvironment.ArgumentsOfAsync(resource, cancellationToken),
        resource.WorkingDirectory,
        await ResolvedEnvironment.OfAsync(resource, DefaultEnvironment.OfExecutable(resource, portOffset, context.Telemetry), builder.ExecutionContext, cancellationToken));

    private Task<ProcessCommand> KeycloakAsync(KeycloakResource resource, CancellationToken cancellationToken)
    {
        var variables = DefaultEnvironment.OfProject(resource, portOffset, context.Telemetry);
        foreach (var (name, value) in LocalKeycloak.Variables(resource, context.Instance))
            variables[name] = value;
        return ProjectAsync(resource, variables, [], cancellationToken);
    }

    private async Task<ProcessCommand> SidecarAsync(LocalSidecarResource resource, CancellationToken cancellationToken)
    {
        var runFile = Path.Combine(context.Instance.Run, "dapr.yaml");
        await RunFile.WriteAsync(runFile, resource.Apps, builder.AppHostDirectory, portOffset, app => ResolvedEnvironment.OfAsync(app, new Dictionary<string, object>(), builder.ExecutionContext, cancellationToken));
        var variables = DefaultEnvironment.OfProject(resource, portOffset, context.Telemetry);
        variables.Remove("ASPNETCORE_URLS");
        foreach (var (name, value) in await ComponentVariables.OfAsync(resource.Components, builder.AppHostDirectory, cancellationToken))
            variables[name] = value ?? "";
        return await ProjectAsync(resource, variables, ["--run-file", runFile], cancellationToken);
    }
}
