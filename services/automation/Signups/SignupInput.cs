using Platform.Automation.Processes;

namespace Platform.Automation.Signups;

/// <summary>Ids and settings; the settings are part of the input so that a replay sees those of the start.</summary>
internal sealed record SignupInput(Guid Owner, Guid Id, int StepAttempts)
{
    public const string ProcessType = "sign-up";
    public const string SubjectType = "signup";

    public static string InstanceId(SignupId id) => $"{ProcessType}-{id.Owner}-{id.Id}";

    public StepContext Step(string name, bool compensation = false) => new(Owner, ProcessType, SubjectType, Id, name, compensation);
}

/// <summary>What an activity gets.</summary>
/// <param name="Process">The process.</param>
/// <param name="OrganizationId">The organization, and so the tenant, once there is one.</param>
/// <param name="UserId">The administrator, once there is one.</param>
internal sealed record SignupStep(SignupInput Process, string OrganizationId = "", string UserId = "")
{
    // A method, since properties are written into the history.
    public Guid ToTenantId() => Guid.Parse(OrganizationId);
}

internal sealed record EndSignupInput(SignupInput Process, V1.ProcessStatus Status, string Error);
