using Dapr.Client.Autogen.Grpc.v1;
using Grpc.AspNetCore.Server.Model;
using Grpc.Reflection;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Api;

/// <summary>The gRPC API: the Dapr service and the reflection by which the SDK finds out what it can do.</summary>
internal static class GrpcModule
{
    private static readonly PathString[] OwnServices =
        ["/" + DaprReflection.Descriptor.Services[0].FullName, "/TaskHubSidecarService", "/grpc.reflection.v1alpha.ServerReflection"];

    public static void Add(IServiceCollection services, IReadOnlyList<AppOptions> apps)
    {
        services.AddGrpc(grpc =>
        {
            grpc.IgnoreUnknownServices = true;
            grpc.Interceptors.Add<GrpcErrors>();
            grpc.MaxReceiveMessageSize = (int)Math.Min(int.MaxValue, apps.Max(app => app.MaxBodySize));
            grpc.MaxSendMessageSize = null;
        });
        services.AddSingleton<GrpcErrors>().AddSingleton<DaprService>();
        services.AddSingleton<IServiceMethodProvider<DaprService>, DaprServiceBinder>();
        services.AddSingleton(new ReflectionServiceImpl(DaprReflection.Descriptor.Services[0]));
    }

    /// <summary>Whether a call is for a service of the sidecar itself: what of it is not served is unimplemented, never proxied.</summary>
    public static bool IsOwn(PathString path) => Array.Exists(OwnServices, service => path.StartsWithSegments(service, StringComparison.Ordinal));

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<DaprService>();
        endpoints.MapGrpcService<ReflectionServiceImpl>();
    }
}
