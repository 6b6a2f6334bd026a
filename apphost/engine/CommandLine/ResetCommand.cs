using Platform.LocalHost.Control;
using Platform.LocalHost.Display;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Running;
using Platform.LocalPostgres;

namespace Platform.LocalHost.CommandLine;

internal static class ResetCommand
{
    /// <summary>Deletes the data of an instance that does not run.</summary>
    public static int Run(Instance instance, IReadOnlyCollection<string> resources)
    {
        if (HostFile.Find(instance) is { } host)
            throw new StackException($"The instance '{instance.Name}' is running (process {host.Process.ProcessId}). Stop it first: down.");
        foreach (var resource in resources)
            PostgresServer.DeleteData(instance.DataOf(resource));
        if (Directory.Exists(instance.Data))
            Directory.Delete(instance.Data, recursive: true);
        Terminal.Line($"All data of the instance '{instance.Name}' is deleted.");
        return 0;
    }
}
