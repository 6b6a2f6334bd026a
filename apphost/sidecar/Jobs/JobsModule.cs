using Platform.Sidecar.Api;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Jobs;

/// <summary>Where the jobs API joins the sidecar.</summary>
internal static class JobsModule
{
    public static void Add(IServiceCollection services) => services
        .AddSingleton<JobRequests>().AddSingleton<DaprApi, JobsGrpcApi>()
        .AddSingleton<IScheduleTarget, JobDelivery>().AddSingleton<IAppLifecycle, JobReceivers>();
}
