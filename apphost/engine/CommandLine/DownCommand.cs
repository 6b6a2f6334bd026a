using Platform.LocalHost.Control;
using Platform.LocalHost.Display;
using Platform.LocalHost.Instances;

namespace Platform.LocalHost.CommandLine;

internal static class DownCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Stops the instance and returns when its host has ended; an exit code other than 0 says that it has not.</summary>
    public static async Task<int> RunAsync(Instance instance, CancellationToken cancellationToken)
    {
        using var client = ControlClient.Find(instance);
        if (client is null)
        {
            if (InstanceLock.IsTaken(instance))
            {
                Terminal.Line($"The instance '{instance.Name}' is just starting or stopping and cannot be told to stop yet: try again in a moment.");
                return LocalCommands.Failed;
            }

            Terminal.Line($"The instance '{instance.Name}' is not running.");
            return 0;
        }

        await client.StopAsync(cancellationToken);
        for (var waited = TimeSpan.Zero; waited < Limit && client.Host.Process.IsRunning; waited += Pause)
            await Task.Delay(Pause, cancellationToken);
        var stopped = !client.Host.Process.IsRunning;
        Terminal.Line(stopped ? $"The instance '{instance.Name}' has stopped." : $"Process {client.Host.Process.ProcessId} has not ended after {Limit.TotalSeconds} s.");
        return stopped ? 0 : LocalCommands.Failed;
    }
}
