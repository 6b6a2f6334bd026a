using Platform.Gateway.Sessions;
using static Platform.Languages.Wording;

namespace Platform.Gateway.Live;

/// <summary>Why a call of the hub, or the connection itself, is refused.</summary>
/// <param name="Code">Stable, upper case.</param>
/// <param name="Message">A sentence for people.</param>
internal sealed record LiveError(string Code, string Message)
{
    public static LiveError UnknownRoom => new("INVALID_ROOM", Say("Name a room: contacts.person for a list, contacts.person/{id} for a record, board/{id} for the board of a pipeline."));

    public static LiveError NotFound => new("NOT_FOUND", Say("There is no such record."));

    public static LiveError Denied => new("PERMISSION_DENIED", Say("These records may not be read."));

    public static LiveError TooManyCalls => new("RATE_LIMITED", Say("These are too many calls: go on more slowly."));

    public static LiveError Unavailable => new("UNAVAILABLE", Say("Nobody can tell right now what may be seen: try again in a moment."));

    public static LiveError NoTenant => new("TENANT_NEEDED", Say("Sign in to a company: what changes is told within one."));

    public static LiveError MembershipLost => new("MEMBERSHIP_LOST", Say("This company cannot be seen any more."));

    public static LiveError SessionEnded => new(SessionErrors.Expired.Code, Say(SessionErrors.Expired.Message));

    public static LiveError TokenExpired => new("TOKEN_EXPIRED", Say("The access token has expired: connect again with a new one."));

    public static LiveError TooSlow => new("TOO_SLOW", Say("More was told than was read: connect again."));

    public static LiveError TooManyRooms(int most) => new("TOO_MANY_ROOMS", Say($"A connection is in {most} rooms at most: leave one."));

    public static LiveError TooManyConnections(int most) => new("TOO_MANY_CONNECTIONS", Say($"Nobody has more than {most} connections at once: close one."));
}
