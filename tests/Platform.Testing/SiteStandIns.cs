using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;

namespace Platform.Testing;

/// <summary>Stands for the services that say how a company's public pages are headed, which are other processes.</summary>
public sealed class SiteStandIns
{
    /// <summary>How companies stand; one that no test speaks of is called Acme and has everything.</summary>
    public ConcurrentDictionary<string, Tenant> Companies { get; } = new();

    /// <summary>Puts them into the service's container.</summary>
    public IServiceCollection AddTo(IServiceCollection services) => services
        .AddScoped<TenantsService.TenantsServiceClient>(provider => new Tenants(this, provider.GetRequiredService<Tenancy.Caller>()))
        .AddScoped<ThemesService.ThemesServiceClient>(_ => new Themes());

    private static AsyncUnaryCall<T> Answer<T>(T answer) => new(Task.FromResult(answer), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

    private sealed class Tenants(SiteStandIns sites, Tenancy.Caller caller) : TenantsService.TenantsServiceClient
    {
        public override AsyncUnaryCall<Tenant> GetTenantAsync(GetTenantRequest request, CallOptions options) => Answer(
            sites.Companies.GetValueOrDefault($"{caller.RequiredTenantId}")
            ?? new Tenant { Slug = $"acme-{caller.RequiredTenantId}", DisplayName = "Acme", State = TenantState.Active, Modules = { "contacts", "records" } });
    }

    private sealed class Themes : ThemesService.ThemesServiceClient
    {
        public override AsyncUnaryCall<Theme> GetActiveThemeAsync(GetActiveThemeRequest request, CallOptions options) => Answer(new Theme { Light = new ThemeColors { Primary = "#1f6feb" }, Dark = new ThemeColors(), Radius = 8 });
    }
}
