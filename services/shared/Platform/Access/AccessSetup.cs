using Microsoft.Extensions.DependencyInjection;
using Platform.Access.Fields;
using Platform.Access.Records;
using Platform.Auditing;
using Platform.CustomFields.RollUps.Across;
using Platform.CustomFields.Values;
using Platform.Data;

namespace Platform.Access;

/// <summary>Registers the kinds of records of a service.</summary>
public static class AccessSetup
{
    /// <summary>Names the protected kinds that the service owns.</summary>
    public static IServiceCollection AddProtectedResources(this IServiceCollection services, params ProtectedResource[] resources)
    {
        foreach (var resource in resources)
            services.AddSingleton(resource);
        if (Array.Exists(resources, resource => resource.Info.HasCustomFields))
            services.AddWorkSignal<CustomFieldIndexSignal>().AddHostedService<CustomFieldIndexer>()
                .AddWorkSignal<RollUpSignal>().AddHostedService<RollUpTeller>();
        // After that of the database, which hides nothing.
        services.AddSingleton<AuditRedaction>(AuditFields.RedactAsync);
        return services.AddScoped(provider => new RecordAccess(
            provider.GetRequiredService<UnitOfWork>(), provider.GetServices<ProtectedResource>(), provider.GetRequiredService<IAccessSource>()));
    }
}
