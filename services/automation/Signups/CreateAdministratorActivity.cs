using Platform.Automation.Identity;
using Platform.Automation.Processes;

namespace Platform.Automation.Signups;

/// <summary>The administrator's account, still without a password.</summary>
internal sealed class CreateAdministratorActivity(StepRunner steps, KeycloakAdmin identity) : SignupActivity(steps, "create-administrator")
{
    protected override async Task<StepOutcome> WorkAsync(SignupStep step, Signup signup, IServiceProvider services)
    {
        if (await identity.CreateUserAsync(signup.AdminEmail, signup.AdminName) is { } created)
            return StepOutcome.Made("user", created);
        return await OwnUser.FindAsync(identity, signup, step.OrganizationId) is { } own ? StepOutcome.Made("user", own.Id) : StepOutcome.Refused(SignupErrors.Taken);
    }
}
