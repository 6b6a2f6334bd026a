namespace Platform.Identity.Tokens;

/// <summary>Facts of a session, beside Keycloak's own, that mappers write into tokens.</summary>
internal static class SessionNotes
{
    /// <summary>How the person proved who they are, with spaces between.</summary>
    public const string Methods = "AMR";

    /// <summary>1 for the password alone, 2 with a second factor.</summary>
    public const string Level = "ACR";
}
