namespace Platform.Identity.Realms;

/// <summary>Keycloak's names for kinds of credentials.</summary>
internal static class CredentialTypes
{
    public const string Password = "password";
    public const string PasswordHistory = "password-history";
    public const string Otp = "otp";
    public const string RecoveryCodes = "recovery-authn-codes";
    public const string Passkey = "webauthn-passwordless";
}
