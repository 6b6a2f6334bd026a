using Platform.Automation.Identity;
using Platform.Automation.Processes;

namespace Platform.Automation.Signups;

/// <summary>The mail with the link by which the administrator confirms the address and sets a password. A repetition may send another.</summary>
internal sealed class SendWelcomeActivity(StepRunner steps, KeycloakAdmin identity) : SignupActivity(steps, "send-welcome")
{
    protected override async Task<StepOutcome> WorkAsync(SignupStep step, Signup signup, IServiceProvider services)
    {
        await identity.SendActionsAsync(step.UserId, "VERIFY_EMAIL", "UPDATE_PASSWORD");
        return StepOutcome.Made("user", step.UserId);
    }
}
