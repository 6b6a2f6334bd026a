using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Tenancy;
using Platform.Tenants.V1;
using Platform.Testing;

namespace Tenants.Tests.SupportAccess;

/// <summary>The service with a clock that tests put forward.</summary>
public sealed class SupportFixture : TenantsFixture
{
    private static readonly string[] Roles = ["tenants.support"];
    private readonly Clock _clock = new();

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => _clock.Offset += time;

    /// <summary>A support person, who names a company.</summary>
    public SupportPerson Support(Guid tenant, Guid? user = null)
    {
        var id = user ?? Guid.CreateVersion7();
        var token = TestTokens.Create(new Dictionary<string, object>
        {
            ["sub"] = id.ToString(),
            ["name"] = "Pat Support",
            ["resource_access"] = new Dictionary<string, object> { [TestTokens.Audience] = new Dictionary<string, object> { ["roles"] = Roles } },
        });
        var invoker = Grpc(token, (Caller.TenantHeader, tenant.ToString()));
        return new SupportPerson(id, new SupportAccessService.SupportAccessServiceClient(invoker), new TenantsService.TenantsServiceClient(invoker));
    }

    /// <summary>Support access as the administrator of the company sees it.</summary>
    public SupportAccessService.SupportAccessServiceClient For(Company company) => new(Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));

    protected override void Configure(IServiceCollection services)
    {
        base.Configure(services);
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock));
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
    }
}

/// <summary>What a support person can call.</summary>
public sealed record SupportPerson(Guid Id, SupportAccessService.SupportAccessServiceClient Access, TenantsService.TenantsServiceClient Tenants);
