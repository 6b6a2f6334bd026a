namespace Platform.Identity.Tests.Harness;

/// <summary>
/// The server that the facts of the protocol are tried against: the local provider, or with <c>KEYCLOAK_URL</c> any server that has
/// imported the realm file, whose secrets are then in the variables that the file names.
/// </summary>
internal static class ProviderUnderTest
{
    public static string? Url { get; } = Environment.GetEnvironmentVariable("KEYCLOAK_URL") is { Length: > 0 } url ? url.TrimEnd('/') : null;

    public static string WebSecret => Secret("PLATFORM_WEB_SECRET", IdentityProcess.WebSecret);

    public static string AutomationSecret => Secret("PLATFORM_AUTOMATION_SECRET", IdentityProcess.AutomationSecret);

    public static string ProvisioningSecret => Secret("PLATFORM_PROVISIONING_SECRET", IdentityProcess.ProvisioningSecret);

    private static string Secret(string name, string local) => Url is null ? local : Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"Set {name} to the client's secret at {Url}.");
}
