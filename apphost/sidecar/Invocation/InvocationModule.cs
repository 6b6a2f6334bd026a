using Platform.Sidecar.Api;

namespace Platform.Sidecar.Invocation;

/// <summary>Registers service invocation.</summary>
internal static class InvocationModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddSingleton<DaprApi, InvocationGrpcApi>();
    }

    public static void Use(IApplicationBuilder host) => host.UseMiddleware<InvocationMiddleware>();
}
