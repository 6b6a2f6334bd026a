using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Control;
using Platform.LocalHost.Endpoints;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.CommandLine;

/// <summary>Moves a company of the running instance: every service is asked, with the accounts that the instance made for itself.</summary>
internal static class TenantsCommand
{
    // Parameters of the AppHost; the program takes them from its environment, where no list of processes shows them.
    private static readonly (string Parameter, string Variable)[] Secrets =
        [("operator-secret", "PLATFORM_OPERATOR_SECRET"), ("provisioning-secret", "PLATFORM_PROVISIONING_SECRET")];

    public static async Task<int> MoveAsync(LocalApplicationBuilder builder, CancellationToken cancellationToken)
    {
        var project = builder.Providers.Demo ?? throw new StackException("The AppHost's project names no LocalProvider for 'demo'.");
        using var client = ControlClient.Find(builder.Instance);
        if (client is null)
            return LocalCommands.SayNotRunning(builder.Instance.Name);
        var resources = await client.ListAsync(cancellationToken);
        var services = builder.Resources.Where(resource => resource.Annotations.OfType<Http2ServiceAnnotation>().Any()).Select(service => Running(resources, service.Name)).ToList();
        var program = new ProcessStartInfo("dotnet",
        [
            "run", "--project", project, "--", "tenants-move", .. builder.Request.Words,
            "--identity", DemoCommand.AddressOf(Running(resources, "identity")),
            .. services.SelectMany(service => (string[])["--service", $"{service.Name}={DemoCommand.AddressOf(service)}"]),
        ]);
        foreach (var (parameter, variable) in Secrets)
            program.Environment[variable] = SecretOf(builder, parameter);
        return await DemoCommand.StartAsync(program, cancellationToken);
    }

    // A company that is moved in some services and not in others is of no use to anybody: all must be there before the first is asked.
    private static ResourceView Running(IReadOnlyList<ResourceView> resources, string name) =>
        resources.FirstOrDefault(resource => resource.Name == name) is { State: nameof(ResourceState.Running) } running
            ? running
            : throw new StackException($"'{name}' is not running, so nothing was moved. Start it: dotnet run --project apphost -- start {name}");

    private static string SecretOf(LocalApplicationBuilder builder, string name) =>
        builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == name)?.Current
        ?? throw new StackException($"The AppHost has no parameter '{name}'.");
}
