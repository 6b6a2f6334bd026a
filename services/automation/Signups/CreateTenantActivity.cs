using Platform.Automation.Processes;
using Platform.Common.V1;
using Platform.Tenants.V1;

namespace Platform.Automation.Signups;

/// <summary>The company on the platform, with its administrator and what it may use; again, it is there.</summary>
internal sealed class CreateTenantActivity(StepRunner steps) : SignupActivity(steps, "create-tenant")
{
    protected override async Task<StepOutcome> WorkAsync(SignupStep step, Signup signup, IServiceProvider services)
    {
        var request = new ProvisionTenantRequest
        {
            Tenant = new Tenant
            {
                Slug = signup.Slug,
                DisplayName = signup.CompanyName,
                LegalName = signup.CompanyName,
                Currency = signup.Currency,
                Address = new Address { Country = signup.Country },
                Modules = { signup.Modules },
            },
            Administrator = new Member { UserId = step.UserId, Email = signup.AdminEmail, DisplayName = signup.AdminName, Roles = { "administrator" } },
        };
        var tenant = await InTenantAsync(step, async scope =>
            await scope.GetRequiredService<TenantLifecycleService.TenantLifecycleServiceClient>().ProvisionTenantAsync(request));
        return StepOutcome.Made("tenant", tenant.Id);
    }
}
