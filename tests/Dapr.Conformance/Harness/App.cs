using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.LocalPostgres;
using Platform.TestServers;

namespace Dapr.Conformance.Harness;

/// <summary>An app behind the sidecar, in the test's own process.</summary>
/// <param name="endpoints">What it answers.</param>
/// <param name="protocol">The sidecar's word for what it speaks: http, h2c or grpc.</param>
/// <param name="services">What it needs for that.</param>
internal sealed class App(Action<WebApplication> endpoints, string protocol = "http", Action<IServiceCollection>? services = null) : IAsyncDisposable
{
    private WebApplication? _host;

    public int Port { get; } = TestPorts.Next();

    public string Protocol { get; } = protocol;

    public IServiceProvider Services => _host!.Services;

    public async Task<App> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        services?.Invoke(builder.Services);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, Port, endpoint => endpoint.Protocols = Protocol == "http" ? HttpProtocols.Http1 : HttpProtocols.Http2);
        });
        _host = builder.Build();
        endpoints(_host);
        await _host.StartAsync();
        return this;
    }

    /// <summary>Ends the app at once, as a crash does.</summary>
    public async Task StopAsync()
    {
        if (_host is null)
            return;
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _host.StopAsync(now.Token);
        await _host.DisposeAsync();
        _host = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
