using System.Diagnostics;
using Aspire.Hosting;
using Platform.LocalHost.Running;
using Xunit;

namespace AppHost.Tests;

/// <summary>An application of a few small programs, run by the engine within the test.</summary>
internal sealed class TestStack : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly DistributedApplication _application;

    private TestStack(Action<IDistributedApplicationBuilder> describe, string[] args, bool hasDashboard = false)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { ProjectDirectory = _folder.Path, Args = args, DisableDashboard = !hasDashboard });
        describe(builder);
        _application = builder.Build();
    }

    public string Folder => _folder.Path;

    /// <summary>The application as the AppHost's own code has it.</summary>
    public DistributedApplication Application => _application;

    public Stack Engine => _application.Stack;

    public ResourceSnapshot this[string resource] => Engine.Find(resource).State;

    public static TestStack Of(Action<IDistributedApplicationBuilder> describe, params string[] args) => new(describe, args);

    public static TestStack WithDashboard(Action<IDistributedApplicationBuilder> describe, params string[] args) => new(describe, args, hasDashboard: true);

    public Task StartAsync(CancellationToken cancellationToken) => _application.StartAsync(cancellationToken);

    public Task StopAsync() => _application.StopAsync(CancellationToken.None);

    public string LogOf(string resource) => File.ReadAllText(Path.Combine(Folder, ".data", "default", "logs", resource + ".log"));

    /// <summary>The variables that a running resource was started with.</summary>
    public Dictionary<string, string> EnvironmentOf(string resource)
    {
        // A process that has been forked and is not yet the program shows the variables of the test itself.
        var ours = File.ReadAllText("/proc/self/environ");
        var text = "";
        Assert.True(SpinWait.SpinUntil(() => (text = EnvironmentOf(this[resource].ProcessId)).Length > 0 && text != ours, TimeSpan.FromSeconds(10)));
        return text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
    }

    // Nothing where it has ended, as the one before does while the next one starts.
    private static string EnvironmentOf(int? process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ");
        }
        catch (IOException)
        {
            return "";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _folder.Dispose();
    }
}
