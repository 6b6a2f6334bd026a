using FluentValidation;
using Platform.Access;
using Platform.Access.ApiKeys;
using Platform.Tenancy;
using Platform.Tenants.Access;
using Platform.Audit.V1;
using Platform.Invocation;
using Platform.Languages;
using Platform.Tenants.ApiKeys;
using Platform.Tenants.Audit;
using Platform.Tenants.Demo;
using Platform.Tenants.ExchangeRates;
using Platform.Tenants.ExternalApps;
using Platform.Tenants.Lifecycle;
using Platform.Tenants.Members;
using Platform.Tenants.Policies;
using Platform.Tenants.Roles;
using Platform.Tenants.Shares;
using Platform.Tenants.SignIns;
using Platform.Tenants.Teams;
using Platform.Tenants.Tenants;

namespace Platform.Tenants;

internal static class TenantsSetup
{
    public static WebApplicationBuilder AddTenants(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddWording(typeof(TenantsSetup).Assembly)
            .AddSingleton<IValidator<V1.UpdateTenantRequest>, UpdateTenant.Validator>()
            .AddSingleton<IValidator<V1.CreateMemberRequest>, CreateMember.Validator>()
            .AddSingleton<IValidator<V1.UpdateMemberRequest>, UpdateMember.Validator>()
            .AddSingleton<IValidator<V1.CreateRoleRequest>, CreateRole.Validator>()
            .AddSingleton<IValidator<V1.UpdateRoleRequest>, UpdateRole.Validator>()
            .AddSingleton<IValidator<V1.CreateTeamRequest>, CreateTeam.Validator>()
            .AddSingleton<IValidator<V1.UpdateTeamRequest>, UpdateTeam.Validator>()
            .AddSingleton<IValidator<V1.CreatePolicyRequest>, CreatePolicy.Validator>()
            .AddSingleton<IValidator<V1.UpdatePolicyRequest>, UpdatePolicy.Validator>()
            .AddSingleton<IValidator<V1.SetExchangeRateRequest>, SetExchangeRate.Validator>()
            .AddSingleton<IValidator<V1.SetExchangeRatesRequest>, SetExchangeRates.Validator>()
            .AddSingleton<IValidator<V1.DeleteExchangeRateRequest>, DeleteExchangeRate.Validator>()
            .AddSingleton<IValidator<V1.ListExchangeRateChangesRequest>, ListExchangeRateChanges.Validator>()
            .AddSingleton<IValidator<ListEntriesRequest>, ListEntries.Validator>()
            .AddServiceClients(ServiceLogs.All, invoker => new AuditLogService.AuditLogServiceClient(invoker))
            .AddScoped<ServiceLogs>()
            .AddServiceClients(ServiceUsage.All, invoker => new V1.UsageService.UsageServiceClient(invoker))
            .AddScoped<ServiceUsage>()
            .AddShares(builder.Configuration)
            .AddSingleton<IValidator<V1.CreateApiKeyRequest>, CreateApiKey.Validator>()
            .AddSingleton<IValidator<V1.UpdateApiKeyRequest>, UpdateApiKey.Validator>()
            .AddSingleton<IValidator<V1.RotateApiKeyRequest>, RotateApiKey.Validator>()
            // The last registration counts: this service reads its own database where the others ask over Dapr.
            .AddScoped<IAccessSource, LocalAccessSource>()
            .AddScoped<IApiKeySource, LocalApiKeySource>()
            .AddExternalApps()
            .AddSingleton<IValidator<V1.ProvisionTenantRequest>, ProvisionTenant.Validator>()
            .AddSingleton<IValidator<V1.SetLimitsRequest>, SetLimits.Validator>()
            .AddSingleton<IValidator<V1.SuspendTenantRequest>, SuspendTenant.Validator>()
            .AddSingleton<IValidator<V1.DeleteTenantRequest>, DeleteTenant.Validator>()
            .AddSingleton(new KeptTables(PurgeTenant.KeptTables))
            .Configure<LifecycleOptions>(builder.Configuration.GetSection("Lifecycle"))
            .AddSingleton<PurgeQueue>()
            .AddHostedService<Purger>()
            .Configure<DemoOptions>(builder.Configuration.GetSection("Demo"))
            .AddHostedService<DemoSeeder>();
        return builder;
    }

    /// <summary>The RPC tables of the service.</summary>
    public static void MapTenants(this WebApplication app)
    {
        app.MapGrpcService<TenantsService>();
        app.MapGrpcService<TenantLifecycleService>();
        app.MapGrpcService<SharesService>();
        app.MapGrpcService<Audit.AuditService>();
        app.MapGrpcService<ApiKeysService>();
        app.MapGrpcService<ExternalAppsService>();
        app.MapGrpcService<IdentityProviders.IdentityProvidersService>();
        app.MapGrpcService<Invitations.InvitationsService>();
        app.MapGrpcService<RolesService>();
        app.MapGrpcService<TeamsService>();
        app.MapGrpcService<PoliciesService>();
        app.MapGrpcService<ExchangeRatesService>();
        app.MapGrpcService<SignInsService>();
        app.MapGrpcService<SupportAccess.SupportAccessService>();
    }
}
