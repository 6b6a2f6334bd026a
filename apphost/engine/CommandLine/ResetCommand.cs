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
        // What starts meanwhile would write into what is deleted: it has the lock before it can be asked to stop.
        using (InstanceLock.TryTake(instance) ?? throw new StackException($"The instance '{instance.Name}' is just starting or stopping: try again in a moment."))
        {
            foreach (var resource in resources)
                PostgresServer.DeleteData(instance.DataOf(resource));
            PrivateFolder.Empty(instance.Data, but: instance.Run);
            PrivateFolder.Empty(instance.Run, but: instance.LockFile);
        }

        // The lock took its file with it. Who has taken it since has a folder that is not empty any more.
        PrivateFolder.DeleteEmpty(instance.Run);
        PrivateFolder.DeleteEmpty(instance.Data);
        Terminal.Line($"All data of the instance '{instance.Name}' is deleted.");
        return 0;
    }
}
