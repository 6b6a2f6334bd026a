using Grpc.Core;
using Platform.Automation.Processes;
using Platform.Tenants.V1;

namespace Platform.Automation.Signups;

/// <summary>Takes the company off the platform, with all that the services have of it.</summary>
internal sealed class RemoveTenantActivity(StepRunner steps) : SignupActivity(steps, "remove-tenant", isCompensation: true)
{
    protected override async Task<StepOutcome> WorkAsync(SignupStep step, Signup signup, IServiceProvider services)
    {
        try
        {
            await InTenantAsync(step, async scope => await scope.GetRequiredService<TenantLifecycleService.TenantLifecycleServiceClient>().PurgeTenantAsync(new PurgeTenantRequest()));
        }
        catch (RpcException gone) when (gone.StatusCode == StatusCode.NotFound && StepRunner.IsFinal(gone))
        {
            // It was never made.
        }

        return StepOutcome.Made("tenant", step.OrganizationId);
    }
}
