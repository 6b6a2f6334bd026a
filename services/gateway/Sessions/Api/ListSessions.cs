using Platform.Errors;
using Platform.Gateway.Sessions.Requests;
using Platform.Gateway.Sessions.Storage;

namespace Platform.Gateway.Sessions.Api;

/// <summary>Where the person is signed in, this browser first, then the one last seen.</summary>
internal static class ListSessions
{
    public static async Task Handle(HttpContext context, SessionStore sessions)
    {
        if (CurrentSession.Of(context) is not { Session: { } session } current)
        {
            await Problems.RespondAsync(context, SessionErrors.Missing(context));
            return;
        }

        var entries = await ReadAsync(sessions, session.Person.Id, current.Id.Key, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(new { sessions = entries }, context.RequestAborted);
    }

    /// <summary>The sessions of a person.</summary>
    public static async Task<IReadOnlyList<Entry>> ReadAsync(
        SessionStore sessions, string personId, string currentKey, CancellationToken cancellationToken) =>
    [
        .. (await sessions.ListAsync(SessionIndex.OfPerson(personId), cancellationToken))
            .Select(found => new Entry(
                found.Value.Id, found.Value.Origin.Device, found.Value.Origin.Browser, found.Value.Origin.Address,
                found.Value.StartTime, found.Value.LastSeenTime, found.Value.EndTime, found.Key == currentKey))
            .OrderByDescending(entry => entry.Current).ThenByDescending(entry => entry.LastSeenTime),
    ];

    /// <param name="Address">The network address of the sign-in.</param>
    /// <param name="LastSeenTime">To the minute.</param>
    /// <param name="Current">Whether it is the one that asks.</param>
    internal sealed record Entry(
        Guid Id, string Device, string Browser, string? Address,
        DateTimeOffset StartTime, DateTimeOffset LastSeenTime, DateTimeOffset EndTime, bool Current);
}
