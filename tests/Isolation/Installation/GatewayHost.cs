using Isolation.Tests.Oracle;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Gateway;
using Platform.Invocation;
using Platform.Testing;

namespace Isolation.Tests.Installation;

/// <summary>The gateway as it is, on Kestrel.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    public GatewayHost(Ports ports, LogCapture logs)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(GatewaySetup).Assembly.GetName().Name });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = $"http://127.0.0.1:{ports.Rest};http://127.0.0.1:{ports.Grpc}",
            ["Keycloak:realm"] = "platform",
            ["Keycloak:auth-server-url"] = "http://identity.test/",
            ["Keycloak:ssl-required"] = "none",
            ["DAPR_HTTP_PORT"] = $"{ports.SidecarHttp}",
            ["DAPR_GRPC_PORT"] = $"{ports.SidecarGrpc}",
            // The attacks come faster than a client may ask.
            ["RateLimit:PermitsPerSecond"] = "1000000",
            ["RateLimit:Burst"] = "1000000",
            ["Live:Secret"] = "tests",
            ["Live:CallsPerSecond"] = "1000",
            ["Live:CallBurst"] = "10000",
            ["Live:RoomsPerConnection"] = "1000",
        });
        builder.AddGateway();
        builder.Logging.AddProvider(logs.For("gateway"));
        builder.Services.AddHttpClient(nameof(ServiceAccount)).ConfigurePrimaryHttpMessageHandler(() => new AccountTokens("communications.watch"));
        builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TestTokens.Trust);
        _app = builder.Build();
        _app.MapGateway();
    }

    public IServiceProvider Services => _app.Services;

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
