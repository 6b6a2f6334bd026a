namespace Platform.LocalHost.Instances;

/// <summary>Held by the host of an instance while it runs; the system releases it however the host ends.</summary>
internal sealed class InstanceLock : IDisposable
{
    private readonly FileStream _file;

    private InstanceLock(FileStream file) => _file = file;

    /// <summary>Null when another host runs the instance.</summary>
    public static InstanceLock? TryTake(Instance instance)
    {
        Directory.CreateDirectory(instance.Run);
        try
        {
            return new InstanceLock(new FileStream(instance.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
