using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Platform.LocalPostgres;
using Platform.Testing;

namespace EndToEnd.Tests;

/// <summary>Another replica of the stack's gateway: a process of its own, with the same keys, at the same sidecar.</summary>
internal sealed class SecondGateway : IAsyncDisposable
{
    private const int DefaultPort = 8000;
    private const int DefaultSidecarPort = 3500;
    private const int DefaultSidecarGrpcPort = 4500;
    private readonly Process _process;

    private SecondGateway(Uri address, Process process) => (Address, _process) = (address, process);

    public Uri Address { get; }

    public static async Task<SecondGateway> StartAsync(RunningStack stack, params (string Name, string Value)[] settings)
    {
        var secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(stack.Data, "secrets.json")))!;
        var address = new Uri($"http://localhost:{TestPorts.Next()}/");
        // Every port of an instance is moved by the same distance.
        var offset = stack.Gateway.Port - DefaultPort;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(RunningStack.Root, "artifacts", "bin", "Gateway", "debug", "Gateway.dll")])
        {
            Environment =
            {
                ["ASPNETCORE_URLS"] = $"{address};http://localhost:{TestPorts.Next()}",
                ["Keycloak__realm"] = "platform",
                ["Keycloak__auth-server-url"] = stack.Identity.ToString(),
                ["Keycloak__resource"] = "platform-api",
                ["Keycloak__ssl-required"] = "none",
                ["DAPR_HTTP_PORT"] = $"{DefaultSidecarPort + offset}",
                ["DAPR_GRPC_PORT"] = $"{DefaultSidecarGrpcPort + offset}",
                ["DAPR_API_TOKEN"] = secrets["dapr-api-token"],
                ["APP_API_TOKEN"] = secrets["app-api-token"],
                ["Sessions__ClientSecret"] = secrets["web-secret"],
                ["Sessions__Keys"] = secrets["session-keys"],
                ["Live__Secret"] = secrets["live-secret"],
            },
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var gateway = new SecondGateway(address, Process.Start(start)!);
        using var http = new HttpClient();
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                return (await http.GetAsync(new Uri(address, "/health"))).StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
