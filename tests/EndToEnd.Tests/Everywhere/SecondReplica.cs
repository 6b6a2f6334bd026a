using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform.LocalPostgres;
using Platform.Testing;

namespace EndToEnd.Tests.Everywhere;

/// <summary>
/// Another replica of a service of the stack: a process of its own on the same database, at the sidecar of the first one. The local
/// sidecar calls one process of an app, so this one gets no event itself: all that it hears is what the first one says.
/// </summary>
internal sealed class SecondReplica : IAsyncDisposable
{
    private const int DefaultGatewayPort = 8000;
    private const int DefaultPostgresPort = 15432;
    private const int DefaultServicePort = 5200;
    private const int DefaultSidecarPort = 3500;
    private const int DefaultSidecarGrpcPort = 4500;
    private readonly Process _process;

    private SecondReplica(Uri address, Process process) => (Address, _process) = (address, process);

    public Uri Address { get; }

    /// <param name="stack">The stack.</param>
    /// <param name="service">The service's name, which is that of its database too.</param>
    public static async Task<SecondReplica> StartAsync(RunningStack stack, string service)
    {
        var secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(stack.Data, "secrets.json")))!;
        // Every port of an instance is moved by the same distance, and each service has the same place in all ranges.
        var offset = stack.Gateway.Port - DefaultGatewayPort;
        var place = (await FirstAsync(stack, service)).Port - offset - DefaultServicePort;
        var address = new Uri($"http://localhost:{TestPorts.Next()}/");
        var name = $"{char.ToUpperInvariant(service[0])}{service[1..]}";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(RunningStack.Root, "artifacts", "bin", name, "debug", $"{name}.dll")])
        {
            Environment =
            {
                ["ASPNETCORE_URLS"] = $"{address}",
                [$"ConnectionStrings__{service}"] =
                    $"Host=localhost;Port={DefaultPostgresPort + offset};Username={service}_app;Password={secrets[$"{service}-password"]};Database={service};Maximum Pool Size=20",
                ["Keycloak__realm"] = "platform",
                ["Keycloak__auth-server-url"] = stack.Identity.ToString(),
                ["Keycloak__resource"] = "platform-api",
                ["Keycloak__ssl-required"] = "none",
                ["DAPR_HTTP_PORT"] = $"{DefaultSidecarPort + place + offset}",
                ["DAPR_GRPC_PORT"] = $"{DefaultSidecarGrpcPort + place + offset}",
                ["DAPR_API_TOKEN"] = secrets["dapr-api-token"],
                ["APP_API_TOKEN"] = secrets["app-api-token"],
            },
        };
        var replica = new SecondReplica(address, Process.Start(start)!);
        using var http = Http(address, null);
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                return (await http.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, TimeSpan.FromSeconds(60));
        return replica;
    }

    /// <summary>Where the replica that the stack started listens.</summary>
    public static async Task<Uri> FirstAsync(RunningStack stack, string service) =>
        new((await stack.ResourcesAsync()).Single(resource => resource.Name == service).Urls.First(url => url.StartsWith("http", StringComparison.Ordinal)));

    /// <summary>A door to one replica, past the gateway and the sidecar.</summary>
    public static HttpClient Http(Uri address, AuthenticationHeaderValue? authorization) => new()
    {
        BaseAddress = address,
        // Services speak nothing else, and without TLS nothing can be negotiated.
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        DefaultRequestHeaders = { Authorization = authorization },
    };

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
