namespace Platform.Identity.SignIn;

/// <summary>What the login page's <c>data-error</c> may be.</summary>
internal static class LoginErrors
{
    public const string WrongCredentials = "invalid_credentials";
    public const string MissingCredentials = "missing_credentials";
    public const string AccountLocked = "account_locked";
    public const string TooManyRequests = "too_many_requests";
    public const string PageExpired = "page_expired";
}
