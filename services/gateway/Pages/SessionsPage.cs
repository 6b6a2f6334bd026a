using System.Globalization;
using Platform.Gateway.Sessions;
using Platform.Gateway.Sessions.Api;
using Platform.Gateway.Sessions.Requests;
using Platform.Gateway.Sessions.Storage;

namespace Platform.Gateway.Pages;

/// <summary>The person's sessions, with buttons that end them, and the company that they work in.</summary>
internal sealed class SessionsPage(IConfiguration configuration, SessionStore sessions)
{
    /// <summary>Where it is.</summary>
    public const string Path = "/sessions";

    private readonly PageTemplate _page = new("sessions.html", configuration);

    public async Task WriteAsync(HttpContext context)
    {
        if (CurrentSession.Of(context) is not { Session: { } session } current)
        {
            context.Response.Redirect($"/bff/login?returnUrl={Uri.EscapeDataString(Path)}");
            return;
        }

        var entries = await ListSessions.ReadAsync(sessions, session.Person.Id, current.Id.Key, context.RequestAborted);
        await _page.WriteAsync(
            context,
            ("account", AccountBar.Of(current)),
            ("rows", string.Concat(entries.Select(entry => Row(current, entry)))),
            ("others", entries.Count > 1 ? AccountBar.Form(current, $"{Path}/end-others", "Sign out everywhere else") : ""),
            ("company", session.Organization is { } company ? $"You work in <b>{PageTemplate.Encode(company.Name)}</b>." : "You belong to no company yet."),
            ("organizations", Organizations(current, session)));
    }

    private static string Row(CurrentSession current, ListSessions.Entry entry)
    {
        var last = entry.Current ? """<span class="here">This browser</span>""" : AccountBar.Form(current, $"{Path}/{entry.Id}/end", "Sign out");
        return $"""
            <tr><td>{PageTemplate.Encode(entry.Browser)}<small>{PageTemplate.Encode(entry.Device)}</small></td>
            <td data-label="Address">{PageTemplate.Encode(entry.Address)}</td>
            <td data-label="Signed in">{Text(entry.StartTime)}</td><td data-label="Last seen">{Text(entry.LastSeenTime)}</td><td>{last}</td></tr>
            """;
    }

    private static string Organizations(CurrentSession current, Session session)
    {
        var known = session.Organizations.Where(organization => organization.Id != session.Organization?.Id)
            .Select(organization => AccountBar.Form(current, "/organization", $"Switch to {organization.Name}", ("organization", organization.Alias)));
        return string.Join(' ', known.Append(AccountBar.Form(current, "/organization", "Choose a company")));
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
