namespace Platform.Automation.Signups;

internal static class SignupErrors
{
    /// <summary>The short name or the address is somebody else's. Not said which: nobody shall learn here who has an account.</summary>
    public const string Taken = "SIGNUP_TAKEN";
}
