using Platform.Sidecar.Api;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Bindings;

/// <summary>Registers the bindings and their API.</summary>
internal static class BindingsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(new ComponentType("bindings.cron", spec => new CronBinding(spec, TimeProvider.System)));
        services.AddSingleton(new ComponentType("bindings.http", spec => new HttpBinding(spec)));
        services.AddSingleton(new ComponentType("bindings.localstorage", spec => new LocalStorageBinding(spec)));
        services.AddSingleton<DaprApi, BindingsGrpcApi>().AddSingleton<IAppLifecycle, InputBindings>();
    }
}
