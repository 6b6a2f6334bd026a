using Platform.LocalHost.Control;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.CommandLine;

/// <summary>Exports, compares and applies the metadata of a company of the running instance.</summary>
internal static class MetadataCommand
{
    private static readonly string[] Addressed = ["gateway", "identity"];

    public static async Task<int> RunAsync(LocalApplicationBuilder builder, CancellationToken cancellationToken)
    {
        var project = builder.Providers.Demo ?? throw new StackException("The AppHost's project names no LocalProvider for 'demo'.");
        using var client = ControlClient.Find(builder.Instance);
        if (client is null)
            return LocalCommands.SayNotRunning(builder.Instance.Name);
        var resources = await client.ListAsync(cancellationToken);
        return await DemoCommand.StartAsync(project, [.. builder.Request.Command.Split(' '), .. builder.Request.Words], resources, Addressed, cancellationToken);
    }
}
