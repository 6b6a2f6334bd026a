namespace Platform.LocalHost.Instances;

/// <summary>Held by the host of an instance while it runs; the system releases it however the host ends. A host that ends well takes the file with it.</summary>
internal sealed class InstanceLock : IDisposable
{
    private readonly FileStream _file;

    private InstanceLock(FileStream file) => _file = file;

    /// <summary>Null when another host runs the instance.</summary>
    public static InstanceLock? TryTake(Instance instance)
    {
        instance.MakeFolders();
        try
        {
            return new InstanceLock(new FileStream(instance.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Another host runs the instance, or is about to.</summary>
    public static bool IsTaken(Instance instance)
    {
        if (!File.Exists(instance.LockFile))
            return false;
        using var taken = TryTake(instance);
        return taken is null;
    }

    public void Dispose() => _file.Dispose();
}
