namespace Platform.Identity.Realms;

/// <summary>Keycloak's names for what a person must do before the sign-in is complete, in the order in which it is asked.</summary>
internal static class RequiredActions
{
    public const string VerifyEmail = "VERIFY_EMAIL";
    public const string UpdatePassword = "UPDATE_PASSWORD";
    public const string ConfigureTotp = "CONFIGURE_TOTP";

    public const string RegisterPasskey = "webauthn-register-passwordless";

    public static IReadOnlyList<string> Known { get; } = [VerifyEmail, UpdatePassword, ConfigureTotp, RegisterPasskey];
}
