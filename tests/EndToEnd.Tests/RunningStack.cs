using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using EndToEnd.Tests;
using Platform.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(RunningStack))]

// One stack for all: what one test kills, another would miss.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]

namespace EndToEnd.Tests;

/// <summary>
/// The whole stack, from the model that its user starts, in an instance of its own: own data, own ports. One a test run. It runs in the
/// test's process and ends with that however that ends; commands of the AppHost reach it as they reach any other.
/// </summary>
public sealed class RunningStack : IAsyncLifetime
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(6);
    private readonly string _instance = $"e2e-{Environment.ProcessId}";
    private IDistributedApplicationTestingBuilder? _model;
    private DistributedApplication? _application;

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    /// <summary>Where the instance keeps everything that is its own.</summary>
    public string Data => Path.Combine(Root, ".data", _instance);

    public Uri Gateway { get; private set; } = null!;

    public Uri Identity { get; private set; } = null!;

    public Uri Mail { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        using var limit = new CancellationTokenSource(StartTimeout);
        _model = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--instance", _instance], static (options, _) => options.DisableDashboard = false, limit.Token);
        _application = await _model.BuildAsync(limit.Token);
        await _application.StartAsync(limit.Token);
        (Gateway, Identity, Mail) = (_application.GetEndpoint("gateway", "http"), _application.GetEndpoint("identity"), _application.GetEndpoint("mail", "http"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_model is not null)
            await _model.DisposeAsync();
        await RunAsync("reset");
    }

    /// <summary>What <c>ps</c> shows.</summary>
    internal async Task<IReadOnlyList<ResourceState>> ResourcesAsync()
    {
        var (code, output) = await RunAsync("ps", "--json");
        return code == 0 ? JsonSerializer.Deserialize<List<ResourceState>>(output, JsonSerializerOptions.Web)! : [];
    }

    /// <summary>Ends a resource's process at once, as a crash does, and starts it again.</summary>
    public async Task CrashAsync(string resource)
    {
        var pid = (await ResourcesAsync()).Single(state => state.Name == resource).Pid!.Value;
        using (var process = Process.GetProcessById(pid))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await Eventually.HoldsAsync(async () => (await ResourcesAsync()).Single(state => state.Name == resource) is { State: not "Running" });
        var (code, output) = await RunAsync("start", resource);
        Assert.True(code == 0, output);
    }

    /// <summary>Runs a command of the AppHost against this instance.</summary>
    public Task<(int Code, string Output)> RunAsync(params string[] arguments) => RunAsync(_instance, arguments);

    /// <summary>Runs a command of the AppHost against another instance.</summary>
    internal static async Task<(int Code, string Output)> RunAsync(string instance, string[] arguments)
    {
        using var process = Start(instance, arguments);
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, arguments[0] == "ps" ? output[0] : string.Concat(output));
    }

    private static Process Start(string instance, string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(Root, "artifacts", "bin", "AppHost", "debug", "AppHost.dll"), .. arguments, "--instance", instance])
    {
        WorkingDirectory = Root,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static string Here([CallerFilePath] string file = "") => file;
}

/// <summary>A row of <c>ps --json</c>.</summary>
internal sealed record ResourceState(string Name, string State, string Health, string? Detail, int? Pid, IReadOnlyList<string> Urls);
