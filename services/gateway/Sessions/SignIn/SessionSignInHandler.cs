using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Platform.Gateway.Sessions.Storage;

namespace Platform.Gateway.Sessions.SignIn;

/// <summary>
/// Begins the session of somebody who has just proven who they are. Its id is always a new one, whatever cookie the browser came
/// with, and the session of that cookie ends here: nobody can have planted it.
/// </summary>
internal sealed class SessionSignInHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> schemes, ILoggerFactory loggers, UrlEncoder encoder,
    SessionStore sessions, SessionCookie cookie, DeviceCookie device, TenantNames tenants, DeviceReports reports, IOptions<SessionOptions> options, TimeProvider time)
    : SignInAuthenticationHandler<AuthenticationSchemeOptions>(schemes, loggers, encoder)
{
    // Who somebody is, the token says that takes the cookie's place.
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());

    protected override Task HandleSignOutAsync(AuthenticationProperties? properties) => Task.CompletedTask;

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        var tokens = TokensOf(properties!);
        var person = PersonOf(user);
        var organization = await OrganizationOf(user, tokens.Access);
        var former = cookie.TryRead(Request, out var formerId) ? await sessions.EndAsync(formerId.Key, Context.RequestAborted) : null;
        var known = former?.Person.Id == person.Id ? former.Organizations : [];
        var now = time.GetUtcNow();
        var id = SessionId.Create();
        await sessions.AddAsync(id.Key, new Session
        {
            Id = Guid.CreateVersion7(now),
            Person = person,
            SingleSignOnId = user.FindFirstValue("sid"),
            Organization = organization,
            Organizations = organization is null ? known : [.. known.Where(other => other.Id != organization.Id), organization],
            Tokens = tokens,
            Origin = ClientDescription.Of(Context),
            StartTime = now,
            LastSeenTime = now,
            EndTime = SignInTime.EndOf(user, now, options.Value.Lifetime),
        }, Context.RequestAborted);
        cookie.Write(Context, id);
        await reports.SendAsync(tokens.Access, Request.Headers.UserAgent.ToString(), device.Renew(Context), Context.RequestAborted);
    }

    private TokenSet TokensOf(AuthenticationProperties properties) => new(
        properties.GetTokenValue("access_token")!,
        properties.GetTokenValue("expires_at") is { } expires
            ? DateTimeOffset.Parse(expires, CultureInfo.InvariantCulture)
            : time.GetUtcNow().AddMinutes(1),
        properties.GetTokenValue("refresh_token"),
        properties.GetTokenValue("id_token"));

    private static Person PersonOf(ClaimsPrincipal user)
    {
        var email = user.FindFirstValue("email");
        var name = user.FindFirstValue("name") ?? user.FindFirstValue("preferred_username") ?? email;
        return new Person(user.FindFirstValue("sub")!, name ?? "", email);
    }

    // {"acme":{"id":"…"}}: one organization, since that is what the sign-in asks for.
    private async Task<Organization?> OrganizationOf(ClaimsPrincipal user, string accessToken)
    {
        if (Access.TokenClaims.OrganizationOf(user) is not { } id)
            return null;
        using var claim = JsonDocument.Parse(user.FindFirstValue("organization")!);
        var alias = claim.RootElement.EnumerateObject().Single().Name;
        return new Organization(id, alias, await tenants.FindAsync(accessToken, Context.RequestAborted) ?? alias);
    }
}
