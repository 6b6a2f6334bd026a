namespace Platform.Tenants.SignIns;

/// <summary>What was proved, read from the details of the identity server's event.</summary>
internal static class SignInMethods
{
    public static V1.SignInMethod Of(IdentityEvent source) => source switch
    {
        _ when source.Detail("identity_provider") is not null => V1.SignInMethod.Broker,
        _ when source.Detail("public_key_credential_id") is not null => V1.SignInMethod.Passkey,
        _ => OfCredential(source.Detail("credential_type")) ?? OfError(source.Error),
    };

    private static V1.SignInMethod? OfCredential(string? type) => type switch
    {
        null => null,
        "password" => V1.SignInMethod.Password,
        "otp" or "recovery-authn-codes" => V1.SignInMethod.Totp,
        _ when type.StartsWith("webauthn", StringComparison.Ordinal) => V1.SignInMethod.Passkey,
        _ => null,
    };

    private static V1.SignInMethod OfError(string? error) => error switch
    {
        "invalid_user_credentials" or "user_not_found" => V1.SignInMethod.Password,
        "invalid_totp" => V1.SignInMethod.Totp,
        _ => V1.SignInMethod.Unspecified,
    };
}
