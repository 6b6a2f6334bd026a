namespace Platform.Gateway.Sessions.Requests;

/// <summary>An endpoint that wants to know the session itself and no token of it.</summary>
/// <param name="Guarded">
/// Whether what changes something needs the forgery token; not where nothing is changed and nobody needs to be signed in.
/// </param>
/// <param name="Form">Whether the token may stand in a field of the form, where a page without scripts sends it.</param>
internal sealed record UsesSession(bool Guarded = true, bool Form = false)
{
    /// <summary>Name of the form's field.</summary>
    public const string Field = "forgeryToken";
}
