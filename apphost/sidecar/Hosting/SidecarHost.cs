using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Platform.Sidecar.Actors;
using Platform.Sidecar.Api;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Bindings;
using Platform.Sidecar.Configuration;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Health;
using Platform.Sidecar.Introspection;
using Platform.Sidecar.Invocation;
using Platform.Sidecar.Jobs;
using Platform.Sidecar.Kafka;
using Platform.Sidecar.Locks;
using Platform.Sidecar.Observability;
using Platform.Sidecar.Policies;
using Platform.Sidecar.Postgres;
using Platform.Sidecar.PubSub;
using Platform.Sidecar.RabbitMQ;
using Platform.Sidecar.Redis;
using Platform.Sidecar.Resources;
using Platform.Sidecar.Scheduling;
using Platform.Sidecar.Secrets;
using Platform.Sidecar.State;
using Platform.Sidecar.Workflow;

namespace Platform.Sidecar.Hosting;

/// <summary>One web server for all apps: two loopback ports each, HTTP/1.1 and HTTP/2 without TLS.</summary>
internal static class SidecarHost
{
    public static WebApplication Build(IReadOnlyList<AppOptions> apps)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(SidecarHost).Assembly.GetName().Name });
        builder.Configuration.AddEnvironmentVariables("SIDECAR_");
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Grpc", LogLevel.Warning).AddFilter("Yarp", LogLevel.None)
            .SetMinimumLevel(apps.Min(app => app.LogLevel))
            .AddSimpleConsole(console => console.SingleLine = true);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, apps));
        ProcessTelemetry.Add(builder, apps);
        builder.Services.AddSingleton(apps);
        AddServices(builder.Services, apps);
        var host = builder.Build();
        Map(host);
        return host;
    }

    private static void AddServices(IServiceCollection services, IReadOnlyList<AppOptions> apps)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = apps.Max(app => app.GracefulShutdown) + TimeSpan.FromSeconds(1));
        services.AddRouting();
        services.AddSingleton<SpanExports>().AddSingleton<SidecarApps>().AddSingleton<AppLoader>().AddSingleton<ComponentLoader>().AddSingleton<ComponentPool>()
            .AddSingleton<ComponentTypes>().AddSingleton<PostgresPools>().AddSingleton(TimeProvider.System);
        services.AddSingleton<AppChannels>().AddSingleton<AppProbe>().AddSingleton<AppHealthCheck>().AddHostedService<AppWatcher>();
        GrpcModule.Add(services, apps);
        HealthModule.Add(services);
        MetadataModule.Add(services);
        InvocationModule.Add(services);
        StateModule.Add(services);
        PubSubModule.Add(services);
        RabbitModule.Add(services);
        KafkaModule.Add(services);
        SecretsModule.Add(services);
        WorkflowModule.Add(services);
        SchedulingModule.Add(services);
        ActorsModule.Add(services);
        JobsModule.Add(services);
        LockModule.Add(services);
        RedisModule.Add(services);
        ConfigurationModule.Add(services);
        BindingsModule.Add(services);
    }

    private static void Map(WebApplication host)
    {
        host.UseMiddleware<MetricsEndpoint>();
        host.UseMiddleware<CallObserver>();
        host.UseMiddleware<Cors>();
        host.UseMiddleware<ApiEdge>();
        host.UseMiddleware<ApiAccess>();
        host.UseRouting();
        InvocationModule.Use(host);
        GrpcModule.Map(host);
        HealthModule.Map(host);
        MetadataModule.Map(host);
        StateHttpApi.Map(host);
        PubSubHttpApi.Map(host);
        SecretsModule.Map(host);
        WorkflowModule.Map(host);
        ActorsHttpApi.Map(host);
        JobsHttpApi.Map(host);
        LockModule.Map(host);
        ConfigurationHttpApi.Map(host);
        BindingsHttpApi.Map(host);
    }

    private static void Listen(KestrelServerOptions kestrel, IReadOnlyList<AppOptions> apps)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        // What an app takes as an address is its own affair.
        kestrel.Limits.MaxRequestLineSize = 64 * 1024;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 10_000;
        foreach (var app in apps)
        {
            Listen(kestrel, app, app.HttpPort, HttpProtocols.Http1);
            Listen(kestrel, app, app.GrpcPort, HttpProtocols.Http2);
        }

        MetricsPort.Listen(kestrel, apps);
        if (apps.Max(app => app.MaxHeaderSize) is { } headers and > 0)
            kestrel.Limits.MaxRequestHeadersTotalSize = (int)headers;
    }

    private static void Listen(KestrelServerOptions kestrel, AppOptions app, int port, HttpProtocols protocol)
    {
        foreach (var address in app.ListenAddresses.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Loopback))
            kestrel.Listen(address, port, endpoint => Serve(endpoint, app.AppId, protocol));
    }

    private static void Serve(ListenOptions endpoint, string appId, HttpProtocols protocol)
    {
        endpoint.Protocols = protocol;
        ApiPort? port = null;
        endpoint.Use(next => connection =>
        {
            if (port is null && endpoint.ApplicationServices.GetRequiredService<SidecarApps>().TryGet(appId, out var app))
                port = new ApiPort(app, protocol == HttpProtocols.Http2);
            connection.Features.Set(port);
            return next(connection);
        });
    }

    // The tokens travel in the clear here, so nobody outside of this machine may reach it.
    private static IPAddress Loopback(string address) =>
        (address == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(address.Trim('[', ']'), out var parsed) ? parsed : null) is { } ip && IPAddress.IsLoopback(ip)
            ? ip
            : throw new StartupException($"listen address '{address}' is not a loopback address, and this sidecar serves no other");
}
