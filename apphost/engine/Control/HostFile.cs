using System.Text.Json;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Parameters;
using Platform.LocalHost.Processes;

namespace Platform.LocalHost.Control;

/// <summary>How the running host of an instance is reached: run/host.json, which only its owner can read.</summary>
/// <param name="Process">The host.</param>
/// <param name="Url">Its control address.</param>
/// <param name="Token">What a caller must show.</param>
/// <param name="Dashboard">The dashboard's address with its own token; null without a dashboard.</param>
internal sealed record HostFile(ProcessRecord Process, Uri Url, string Token, Uri? Dashboard = null)
{
    /// <summary>The running host; null when there is none.</summary>
    public static HostFile? Find(Instance instance)
    {
        var found = StateFile.Read<HostFile>(instance.HostFile);
        return found is { Process.IsRunning: true } ? found : null;
    }

    public void Save(Instance instance) => PrivateFile.Write(instance.HostFile, JsonSerializer.Serialize(this));

    public static void Remove(Instance instance) => File.Delete(instance.HostFile);
}
