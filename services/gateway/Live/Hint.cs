namespace Platform.Gateway.Live;

/// <summary>That something has changed, and nothing of what it is now: whoever hears it asks again, with their own rights.</summary>
/// <param name="Room">Where.</param>
/// <param name="Kind"><c>changed</c>; <c>timeline</c>: the record is as it was, what stands beside it is not; <c>gone</c>: the record is deleted, or may not be seen any more.</param>
/// <param name="Time">When, ISO 8601; null in lists.</param>
/// <param name="Actor">Id of the person who did it; null in lists and of a timeline, whose entry the hearer may not see, and where nobody is known.</param>
internal sealed record Hint(string Room, string Kind, string? Time = null, string? Actor = null)
{
    public const string Changed = "changed";
    public const string Timeline = "timeline";
    public const string Gone = "gone";
}

/// <summary>That whatever has changed up to here has been told.</summary>
/// <param name="Cursor">To be sent with <c>Join</c> after a connection was lost; it grows.</param>
internal sealed record Told(string Cursor);

/// <summary>Who looks at a room.</summary>
internal sealed record Present(string Room, IReadOnlyList<PresentPerson> People);

/// <summary>Somebody who looks at a room, with one window or several.</summary>
internal sealed record PresentPerson(string UserId, string Name);

/// <summary>From when on the caller knows nothing of the room.</summary>
/// <param name="Cursor">The highest that the caller was told, in this or an earlier connection; null where none was.</param>
/// <param name="Age">Else how many milliseconds ago what the caller shows was read; null for now.</param>
internal sealed record Since(string? Cursor = null, double? Age = null);

/// <summary>What became of a call.</summary>
/// <param name="Cursor">Up to where changes have been told; null where the call was refused.</param>
/// <param name="Changed">Whether something has changed in the room since, or nobody can tell: whoever shows it asks again.</param>
/// <param name="Error">Why the call was refused; null where it was not.</param>
internal sealed record JoinAnswer(string? Cursor, bool Changed, LiveError? Error);
