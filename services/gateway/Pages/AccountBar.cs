using Platform.Gateway.Sessions.Requests;

namespace Platform.Gateway.Pages;

/// <summary>Who is signed in, and the way in or out; at the top of every page.</summary>
internal static class AccountBar
{
    public static string Of(CurrentSession? current)
    {
        if (current is not { Session: { } session })
            return """<p class="account"><a class="button" href="/bff/login">Sign in</a></p>""";
        var company = session.Organization is { } organization ? $" · {PageTemplate.Encode(organization.Name)}" : "";
        return $"""
            <div class="account"><span><b>{PageTemplate.Encode(session.Person.Name)}</b>{company}</span>
            <a href="/sessions">Your sessions</a>{Form(current, "/sign-out", "Sign out")}</div>
            """;
    }

    /// <summary>A button that sends a form with the session's forgery token.</summary>
    public static string Form(CurrentSession current, string action, string label, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var inputs = $"""<input type="hidden" name="{UsesSession.Field}" value="{current.Id.ForgeryToken}">""";
        foreach (var (name, value) in fields)
            inputs += $"""<input type="hidden" name="{name}" value="{PageTemplate.Encode(value)}">""";
        return $"""<form method="post" action="{PageTemplate.Encode(action)}">{inputs}<button>{PageTemplate.Encode(label)}</button></form>""";
    }
}
