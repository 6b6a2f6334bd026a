using Platform.Automation.Processes;
using Platform.Invocation;

namespace Platform.Automation.Signups;

/// <summary>Every service can write and read rows of the new company.</summary>
internal sealed class CheckStorageActivity(StepRunner steps, StorageProbe probe) : SignupActivity(steps, "check-storage")
{
    private static readonly string[] Services = [DaprNames.Tenants, DaprNames.Contacts, DaprNames.Deals, DaprNames.Finance, DaprNames.Communications, DaprNames.Metadata, DaprNames.Records, DaprNames.Pipelines, DaprNames.Inventory, DaprNames.Search];

    protected override async Task<StepOutcome> WorkAsync(SignupStep step, Signup signup, IServiceProvider services)
    {
        foreach (var service in Services)
            await probe.CheckAsync(service, step.ToTenantId());
        return StepOutcome.Made("tenant", step.OrganizationId);
    }
}
