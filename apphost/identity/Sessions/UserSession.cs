using Platform.Identity.Realms;

namespace Platform.Identity.Sessions;

/// <summary>A person's single sign-on session; its id is the <c>sid</c> of every token issued in it.</summary>
internal sealed class UserSession
{
    public required Guid Id { get; init; }

    public required string UserId { get; init; }

    public required DateTimeOffset SignedInAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When it ends however busy it is.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How the person proved who they are: values of RFC 8176, with spaces between.</summary>
    public required string Methods { get; set; }

    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>Alias of the identity provider where the session began, when that has sessions too and can be told of this one's end.</summary>
    public string? Provider { get; init; }

    /// <summary>Whom the provider means.</summary>
    public string? ProviderName { get; init; }

    public string? ProviderNameFormat { get; init; }

    public string? ProviderNameQualifier { get; init; }

    public string? ProviderSpNameQualifier { get; init; }

    /// <summary>How the provider names its own session.</summary>
    public string? ProviderSession { get; init; }

    /// <summary>The provider's ID token, sealed: what it knows the session by when it is asked to end it.</summary>
    public string? ProviderToken { get; init; }

    public List<SessionClient> Clients { get; } = [];

    /// <summary>A passkey is one by itself: the device has asked for its person's finger or number.</summary>
    public bool HasSecondFactor => Methods.Split(' ').Any(method => method is SignInMethods.OneTimePassword or SignInMethods.HardwareKey);
}

/// <summary>An application that was signed in to within a session, and has to hear of its end.</summary>
internal sealed class SessionClient
{
    public required Guid SessionId { get; init; }

    public required string ClientId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
}

/// <summary>Values of the <c>amr</c> claim (RFC 8176).</summary>
internal static class SignInMethods
{
    public const string Password = "pwd";
    public const string OneTimePassword = "otp";
    public const string HardwareKey = "hwk";

    /// <summary>At the identity server of the person's company; RFC 8176 has no word for it.</summary>
    public const string Federated = "fed";

    /// <summary>Keycloak's name for the kind of credential that was proved last.</summary>
    public static string? CredentialOf(IReadOnlyList<string> methods) => methods switch
    {
        _ when methods.Contains(HardwareKey) => CredentialTypes.Passkey,
        _ when methods.Contains(OneTimePassword) => CredentialTypes.Otp,
        _ when methods.Contains(Password) => CredentialTypes.Password,
        _ => null,
    };
}
