using Platform.Automation.Identity;
using Platform.Automation.Processes;

namespace Platform.Automation.Signups;

/// <summary>Deletes the organization that this sign-up made.</summary>
internal sealed class RemoveOrganizationActivity(StepRunner steps, KeycloakAdmin identity) : SignupActivity(steps, "remove-organization", isCompensation: true)
{
    protected override async Task<StepOutcome> WorkAsync(SignupStep step, Signup signup, IServiceProvider services)
    {
        if (await identity.FindOrganizationAsync(signup.Id) is { } id)
            await identity.DeleteOrganizationAsync(id);
        return StepOutcome.Made("organization", step.OrganizationId);
    }
}
