using System.Diagnostics;
using Platform.LocalHost.Control;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.CommandLine;

/// <summary>Plays the main job against the running instance, else against one that is started for it and stopped afterwards.</summary>
internal static class DemoCommand
{
    /// <summary>The resources whose addresses the demo takes, each as an option of the same name.</summary>
    private static readonly string[] Addressed = ["gateway", "identity", "mail"];

    public static async Task<int> RunAsync(LocalApplicationBuilder builder, StackOnDemand stack, CancellationToken cancellationToken)
    {
        var project = builder.Providers.Demo ?? throw new StackException("The AppHost's project names no LocalProvider for 'demo'.");
        using var client = ControlClient.Find(builder.Instance);
        if (client is not null)
            return await PlayAsync(builder, project, await client.ListAsync(cancellationToken), cancellationToken);
        return await UpCommand.RunAsync(builder, stack, (resources, token) => PlayAsync(builder, project, resources, token), cancellationToken);
    }

    private static Task<int> PlayAsync(LocalApplicationBuilder builder, string project, IReadOnlyList<ResourceView> resources, CancellationToken cancellationToken)
    {
        string[] contacts = builder.Request.Contacts is { } file ? ["--contacts", file.FullName] : [];
        return StartAsync(project, contacts, resources, Addressed, cancellationToken);
    }

    /// <summary>Runs the demo's program with the addresses that it takes; its exit code.</summary>
    public static Task<int> StartAsync(
        string project, IEnumerable<string> words, IReadOnlyList<ResourceView> resources, IReadOnlyList<string> addressed, CancellationToken cancellationToken)
    {
        var addresses = resources.Where(resource => addressed.Contains(resource.Name)).SelectMany(resource => (string[])[$"--{resource.Name}", AddressOf(resource)]);
        return StartAsync(new ProcessStartInfo("dotnet", ["run", "--project", project, "--", .. words, .. addresses]), cancellationToken);
    }

    /// <summary>Runs a program on this terminal; its exit code.</summary>
    public static async Task<int> StartAsync(ProcessStartInfo program, CancellationToken cancellationToken)
    {
        using var demo = Process.Start(program)!;
        try
        {
            await demo.WaitForExitAsync(cancellationToken);
            return demo.ExitCode;
        }
        catch (OperationCanceledException)
        {
            demo.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The first address for HTTP.</summary>
    public static string AddressOf(ResourceView resource) => resource.Urls.First(url => new Uri(url).Scheme is "http" or "https");
}
