using Platform.LocalHost.Control;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.CommandLine;

/// <summary>Asks the running instance whether its audit log is whole.</summary>
internal static class AuditCommand
{
    private static readonly string[] Addressed = ["gateway", "identity"];

    public static async Task<int> VerifyAsync(LocalApplicationBuilder builder, CancellationToken cancellationToken)
    {
        var project = builder.Providers.Demo ?? throw new StackException("The AppHost's project names no LocalProvider for 'demo'.");
        using var client = ControlClient.Find(builder.Instance);
        if (client is null)
            return LocalCommands.SayNotRunning(builder.Instance.Name);
        var resources = await client.ListAsync(cancellationToken);
        return await DemoCommand.StartAsync(project, ["audit-verify", .. builder.Request.Words], resources, Addressed, cancellationToken);
    }
}
