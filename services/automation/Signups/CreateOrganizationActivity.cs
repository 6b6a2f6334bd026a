using Platform.Automation.Identity;
using Platform.Automation.Processes;

namespace Platform.Automation.Signups;

/// <summary>The company in the identity server; its id becomes the tenant's.</summary>
internal sealed class CreateOrganizationActivity(StepRunner steps, KeycloakAdmin identity) : SignupActivity(steps, "create-organization")
{
    protected override async Task<StepOutcome> WorkAsync(SignupStep step, Signup signup, IServiceProvider services) =>
        (await identity.FindOrganizationAsync(signup.Id) ?? await identity.CreateOrganizationAsync(signup.Id, signup.Slug, signup.CompanyName)) is { } id
            ? StepOutcome.Made("organization", id)
            : StepOutcome.Refused(SignupErrors.Taken);
}
