using Platform.Automation.Identity;
using Platform.Automation.Processes;

namespace Platform.Automation.Signups;

/// <summary>Makes the administrator a member of the organization; again, it is one already.</summary>
internal sealed class JoinOrganizationActivity(StepRunner steps, KeycloakAdmin identity) : SignupActivity(steps, "join-organization")
{
    protected override async Task<StepOutcome> WorkAsync(SignupStep step, Signup signup, IServiceProvider services)
    {
        await identity.AddMemberAsync(step.OrganizationId, step.UserId);
        return StepOutcome.Made("user", step.UserId);
    }
}
