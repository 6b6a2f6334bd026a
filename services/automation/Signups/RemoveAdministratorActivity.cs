using Platform.Automation.Identity;
using Platform.Automation.Processes;

namespace Platform.Automation.Signups;

/// <summary>Deletes the account that this sign-up made, and no other.</summary>
internal sealed class RemoveAdministratorActivity(StepRunner steps, KeycloakAdmin identity) : SignupActivity(steps, "remove-administrator", isCompensation: true)
{
    protected override async Task<StepOutcome> WorkAsync(SignupStep step, Signup signup, IServiceProvider services)
    {
        if (await OwnUser.FindAsync(identity, signup, step.OrganizationId) is { } own)
            await identity.DeleteUserAsync(own.Id);
        return StepOutcome.Made("user", step.UserId);
    }
}
