namespace Platform.Gateway.Sessions.Requests;

/// <summary>An endpoint that wants to know the session itself and no token of it.</summary>
/// <param name="Guarded">
/// Whether what changes something needs the forgery token. Not the sign-in, which has its own proof, and not what works without a session.
/// </param>
/// <param name="Form">Whether the token may stand in a field of the form, where a page without scripts sends it.</param>
internal sealed record UsesSession(bool Guarded = true, bool Form = false)
{
    /// <summary>Name of the form's field.</summary>
    public const string Field = "forgeryToken";
}
