using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;

namespace Platform.Identity.Account;

/// <summary>Where a person is signed in, and signing out from afar.</summary>
internal sealed class DevicesPage(AccountGate gate, AccountView view, SessionStore sessions, SessionEnd end, Realm realm)
{
    private const string Here = AccountView.Devices;

    public Task<IResult> Show(HttpContext http) => gate.ShowAsync(http, Here, async visit =>
    {
        var all = await sessions.OfAsync(visit.User.Id, http.RequestAborted);
        return view.Render(http, visit, Here, Html.Of($"""
            <section class="panel">
            <p class="hint">{visit.Texts.DevicesLead}</p>
            <ul class="rows">{all.OrderByDescending(session => session.Id == visit.Session.Id).Select(session => Row(http, visit, session))}</ul>
            {(all.Count > 1 ? view.Button(http, visit, "/sessions/end-others", visit.Texts.SignOutOthers) : Html.Empty)}
            </section>
            """));
    });

    public Task<IResult> End(HttpContext http) => gate.ChangeAsync(http, Here, isSensitive: false, async (visit, form) =>
    {
        // Only one's own: the id in the form may be anybody's.
        var own = await sessions.OfAsync(visit.User.Id, http.RequestAborted);
        if (own.FirstOrDefault(session => session.Id.ToString() == form["session"]) is { } session) await end.EndAsync(http, session.Id);
        return view.Done(visit, Here, "ended");
    });

    public Task<IResult> EndOthers(HttpContext http) => gate.ChangeAsync(http, Here, isSensitive: false, async (visit, _) =>
    {
        await end.EndAllAsync(http, visit.User.Id, except: visit.Session.Id);
        return view.Done(visit, Here, "ended");
    });

    private Html Row(HttpContext http, AccountVisit visit, UserSession session)
    {
        var isHere = session.Id == visit.Session.Id;
        var applications = string.Join(", ", session.Clients.Select(client => realm.FindAnyClient(client.ClientId)?.DisplayName ?? client.ClientId));
        return Html.Of($"""
            <li data-session="{session.Id.ToString()}"><span class="who"><span class="name">{Device.Name(session.UserAgent, visit.Texts)} {Html.When(isHere, $"<em>{visit.Texts.ThisDevice}</em>")}</span>
            <span class="title">{session.IpAddress} · {visit.Texts.LastSeen} {AccountView.Day(session.LastSeenAt, visit.Language)}</span>
            {Html.When(applications.Length > 0, $"""<span class="title">{applications}</span>""")}</span>
            {(isHere ? Html.Empty : view.Button(http, visit, "/sessions/end", visit.Texts.SignOutDevice, "session", session.Id.ToString()))}</li>
            """);
    }
}
