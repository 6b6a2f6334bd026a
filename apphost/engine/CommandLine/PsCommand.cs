using System.Text.Json;
using Platform.LocalHost.Control;
using Platform.LocalHost.Display;
using Platform.LocalHost.Instances;

namespace Platform.LocalHost.CommandLine;

internal static class PsCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<int> RunAsync(Instance instance, bool json, CancellationToken cancellationToken)
    {
        using var client = ControlClient.Find(instance);
        if (client is null)
            return LocalCommands.SayNotRunning(instance.Name);
        var resources = await client.ListAsync(cancellationToken);
        if (json)
            Terminal.Line(JsonSerializer.Serialize(resources, Format));
        else
            Terminal.Show(ResourceTable.Of(resources));
        foreach (var resource in resources.Where(resource => !json && resource.NotSupported.Count > 0))
            Terminal.Line($"Not supported locally, for {resource.Name}: {string.Join("; ", resource.NotSupported)}");
        if (!json && client.Host.Dashboard is { } dashboard)
            Terminal.Line($"Dashboard: {dashboard}");
        return 0;
    }
}
