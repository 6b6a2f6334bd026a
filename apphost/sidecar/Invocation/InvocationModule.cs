using Platform.Sidecar.Api;
using Platform.Sidecar.Invocation.Neighbours;

namespace Platform.Sidecar.Invocation;

/// <summary>Registers service invocation.</summary>
internal static class InvocationModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddSingleton<Neighbourhood>().AddHostedService(provider => provider.GetRequiredService<Neighbourhood>()).AddSingleton<NeighbourForwarder>();
        services.AddSingleton<DaprApi, InvocationGrpcApi>();
    }

    public static void Use(IApplicationBuilder host) => host.UseMiddleware<InvocationMiddleware>();
}
