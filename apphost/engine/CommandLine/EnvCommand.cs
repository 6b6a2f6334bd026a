using Platform.LocalHost.Control;
using Platform.LocalHost.Display;
using Platform.LocalHost.Instances;

namespace Platform.LocalHost.CommandLine;

/// <summary>Prints what a running resource was started with, as lines that a shell or an .env file takes.</summary>
internal static class EnvCommand
{
    public static async Task<int> RunAsync(Instance instance, CommandRequest request, CancellationToken cancellationToken)
    {
        using var client = ControlClient.Find(instance);
        if (client is null)
            return LocalCommands.SayNotRunning(instance.Name);
        foreach (var (name, value) in await client.EnvironmentAsync(request.Resources.Single(), request.ShowSecrets, cancellationToken))
            Terminal.Line($"{name}={value}");
        return 0;
    }
}
