using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Gateway;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests;

/// <summary>The gateway as it is, on Kestrel, in front of a fake sidecar.</summary>
public class GatewayFixture : IAsyncLifetime
{
    private WebApplication _app = null!;

    public FakeSidecar Sidecar { get; protected set; } = null!;

    public Uri Rest { get; private set; } = null!;

    public Uri GrpcAddress { get; private set; } = null!;

    /// <summary>A token of somebody of Acme.</summary>
    public string Token { get; } = TestTokens.ForPerson(TestTenants.Acme, Guid.CreateVersion7());

    /// <summary>All routes, as they are mapped.</summary>
    public IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>Whether the sidecar is this gateway's alone.</summary>
    protected virtual bool OwnsSidecar => true;

    /// <summary>Settings that differ from what the other tests use.</summary>
    protected virtual Dictionary<string, string?> Settings => [];

    public virtual async ValueTask InitializeAsync()
    {
        Sidecar ??= await FakeSidecar.StartAsync();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(GatewaySetup).Assembly.GetName().Name });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0;http://127.0.0.1:0",
            ["Keycloak:realm"] = "platform",
            ["Keycloak:auth-server-url"] = "http://identity.test/",
            ["Keycloak:ssl-required"] = "none",
            ["DAPR_HTTP_PORT"] = $"{Sidecar.Http.Port}",
            ["DAPR_GRPC_PORT"] = $"{Sidecar.Grpc.Port}",
            ["DAPR_API_TOKEN"] = FakeSidecar.Token,
        });
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.AddGateway();
        Configure(builder.Services);
        _app = builder.Build();
        _app.MapGateway();
        await _app.StartAsync();
        // Configured endpoints are bound in the order of their names: Grpc, Rest.
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToList();
        (GrpcAddress, Rest) = (addresses[0], addresses[1]);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (OwnsSidecar)
            await Sidecar.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public HttpClient Client(string? token) => new() { BaseAddress = Rest, DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) } };

    public HttpClient Client() => Client(Token);

    public CallInvoker Grpc(string? token, params (string Key, string Value)[] metadata) => GrpcChannel.ForAddress(GrpcAddress).CreateCallInvoker().Intercept(headers =>
    {
        if (token is not null)
            headers.Add("authorization", $"Bearer {token}");
        foreach (var (key, value) in metadata)
            headers.Add(key, value);
        return headers;
    });

    /// <summary>Sends a request letter by letter as written; the answer's status and body.</summary>
    public async Task<(int Status, string Body)> RawAsync(string requestLine, CancellationToken cancellationToken, params string[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Rest.Host, Rest.Port, cancellationToken);
        var stream = client.GetStream();
        var request = string.Join("\r\n", [requestLine, "Host: gateway", "Connection: close", .. headers, "", ""]);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(cancellationToken);
        return (int.Parse(answer.AsSpan("HTTP/1.1 ".Length, 3), System.Globalization.CultureInfo.InvariantCulture), answer);
    }

    protected virtual void Configure(IServiceCollection services) => services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TestTokens.Trust);
}
