using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Platform.Access;
using Platform.Gateway.Limits;
using Platform.Gateway.Sessions.Requests;

namespace Platform.Gateway.Live;

/// <summary>
/// The hub: rooms that one joins and leaves. Told are <c>changed</c> (<see cref="Hint"/>), <c>told</c> (<see cref="Told"/>), <c>present</c>
/// (<see cref="Present"/>) and, before a connection is ended, <c>ended</c> (<see cref="LiveError"/>). See docs/realtime.md.
/// </summary>
internal sealed class LiveHub(LiveTenants tenants, LiveCalls calls, IOptions<LiveOptions> options) : Hub
{
    private const string Key = "viewer";
    private const string Bearer = "Bearer ";

    /// <summary>Enters a room: a list, a record, or the board of a pipeline. May be repeated.</summary>
    /// <param name="room">Its name.</param>
    /// <param name="since">From when on the caller knows nothing of it.</param>
    public async Task<JoinAnswer> Join(string? room, Since? since = null)
    {
        if (Viewer is not { } viewer || tenants.Find(viewer.Tenant) is not { } tenant)
            return Refused(LiveError.NoTenant);
        if (!calls.TryTake(viewer))
            return Refused(LiveError.TooManyCalls);
        if (Room.Find(room) is not { } found)
            return Refused(LiveError.UnknownRoom);
        if (viewer.Rooms.Count >= options.Value.RoomsPerConnection && !viewer.Rooms.ContainsKey(found.Name))
            return Refused(LiveError.TooManyRooms(options.Value.RoomsPerConnection));
        // Before the look: what is told from here on is told to this connection.
        var cursor = tenant.Cursor;
        var (changed, error) = await tenant.JoinAsync(viewer, found, since ?? new Since());
        return error is null ? new JoinAnswer(cursor == "0" ? tenant.Cursor : cursor, changed, null) : Refused(error);
    }

    /// <summary>Leaves a room; also one that the caller is not in.</summary>
    public void Leave(string? room)
    {
        if (Viewer is { } viewer && calls.TryTake(viewer) && Room.Find(room) is { } found)
            tenants.Find(viewer.Tenant)?.Leave(viewer, found.Name);
    }

    public override Task OnConnectedAsync()
    {
        var http = Context.GetHttpContext()!;
        var principal = Context.User!;
        if (TokenClaims.OrganizationOf(principal) is not { } company)
            return EndAsync(LiveError.NoTenant);
        var viewer = ViewerOf(http, principal, company);
        Context.Items[Key] = viewer;
        _ = viewer.SendAsync();
        if (!tenants.TryEnter(viewer))
            viewer.End(LiveError.TooManyConnections(options.Value.ConnectionsPerUser));
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Viewer is { } viewer)
            tenants.Leave(viewer);
        return Task.CompletedTask;
    }

    private Viewer? Viewer => Context.Items.TryGetValue(Key, out var viewer) ? (Viewer)viewer! : null;

    private Viewer ViewerOf(HttpContext http, ClaimsPrincipal principal, Guid company)
    {
        var user = principal.FindFirstValue("sub") ?? "";
        if (CurrentSession.Of(http) is { Session: { } session, Id: var id })
            return new Viewer(Context, Clients.Caller, company, user, session.Person.Name) { SessionKey = id.Key, Session = session };
        var header = http.Request.Headers.Authorization.ToString();
        return new Viewer(Context, Clients.Caller, company, user, principal.FindFirstValue("name") ?? "")
        {
            Bearer = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..] : "",
            ExpireTime = long.TryParse(principal.FindFirstValue("exp"), CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
        };
    }

    private async Task EndAsync(LiveError why)
    {
        await Clients.Caller.SendAsync("ended", why);
        Context.Abort();
    }

    private static JoinAnswer Refused(LiveError why) => new(null, false, why);
}
