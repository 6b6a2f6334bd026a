namespace Platform.Identity.SignIn;

/// <summary>Failed sign-ins of one account since the last success.</summary>
internal sealed class SignInFailures
{
    /// <summary>A digest, because people type passwords into the name field.</summary>
    public required string Account { get; init; }

    public required int Failures { get; set; }

    public required DateTimeOffset LastFailureAt { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }
}
