namespace Platform.Identity.Events;

/// <summary>An entry of the sign-in journal.</summary>
internal sealed class SignInEvent
{
    public required Guid Id { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>One of <see cref="EventTypes"/>.</summary>
    public required string Type { get; init; }

    public string? ClientId { get; init; }

    public string? UserId { get; init; }

    public string? SessionId { get; init; }

    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>The id of the person's only organization, or of the one that was chosen.</summary>
    public string? OrganizationId { get; init; }

    public string? Error { get; init; }

    /// <summary>What was proved last, or could not be: one of <see cref="CredentialTypes"/>.</summary>
    public string? CredentialType { get; init; }

    /// <summary>Alias of the customer's server that had a part in it.</summary>
    public string? IdentityProvider { get; init; }

    /// <summary>What was wrong, in words for an administrator; nothing that was sent.</summary>
    public string? Reason { get; init; }
}

/// <summary>Keycloak's names of what may happen.</summary>
internal static class EventTypes
{
    public const string Login = "LOGIN";
    public const string LoginError = "LOGIN_ERROR";
    public const string Logout = "LOGOUT";
    public const string LogoutError = "LOGOUT_ERROR";
    public const string UpdatePassword = "UPDATE_PASSWORD";
    public const string ResetPassword = "RESET_PASSWORD";
    public const string SendResetPassword = "SEND_RESET_PASSWORD";
    public const string SendVerifyEmail = "SEND_VERIFY_EMAIL";
    public const string VerifyEmail = "VERIFY_EMAIL";
    public const string ExecuteActions = "EXECUTE_ACTIONS";
    public const string UpdateTotp = "UPDATE_TOTP";
    public const string RemoveTotp = "REMOVE_TOTP";
    public const string UpdateCredential = "UPDATE_CREDENTIAL";
    public const string RemoveCredential = "REMOVE_CREDENTIAL";
    public const string UpdateProfile = "UPDATE_PROFILE";
    public const string IdentityProviderLogin = "IDENTITY_PROVIDER_LOGIN";
    public const string IdentityProviderLoginError = "IDENTITY_PROVIDER_LOGIN_ERROR";
    public const string IdentityProviderFirstLogin = "IDENTITY_PROVIDER_FIRST_LOGIN";
    public const string FederatedIdentityLink = "FEDERATED_IDENTITY_LINK";
    public const string GrantConsent = "GRANT_CONSENT";
    public const string RevokeGrant = "REVOKE_GRANT";
}
