using Platform.Invocation;

namespace Platform.Automation.Identity;

/// <summary>The account that may make and delete organizations and people; it has no permission on the platform. Settings: <c>Provisioning</c>.</summary>
internal sealed record ProvisioningAccount(ServiceAccount Account);
