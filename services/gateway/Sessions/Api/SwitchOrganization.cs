using System.Text.RegularExpressions;
using Platform.Errors;
using Platform.Gateway.Sessions.Requests;
using Platform.Gateway.Sessions.SignIn;

namespace Platform.Gateway.Sessions.Api;

/// <summary>
/// Another tenant of a person who belongs to several: a token is for one tenant, so the identity server is asked for another one,
/// which it gives without a question to whoever is signed in there. The session that comes back is a new one.
/// </summary>
internal static partial class SwitchOrganization
{
    private static readonly Error BadAlias =
        Error.Invalid("organization", "Give the alias of an organization, or leave it out to choose at the identity server.");

    public static async Task Handle(HttpContext context, SignInChallenge challenge, Request request)
    {
        if (CurrentSession.Of(context)?.Session is null)
        {
            await Problems.RespondAsync(context, SessionErrors.Missing(context));
            return;
        }

        await SendAsync(context, challenge, request.Organization, request.ReturnUrl ?? "/");
        if (context.Response.StatusCode != StatusCodes.Status302Found)
            return;
        // A script cannot follow a redirect to another origin: it is told where to go.
        var location = context.Response.Headers.Location.ToString();
        context.Response.Headers.Location = default;
        context.Response.StatusCode = StatusCodes.Status200OK;
        await context.Response.WriteAsJsonAsync(new { location }, context.RequestAborted);
    }

    /// <summary>Begins the sign-in for the organization, unless what was asked for is refused.</summary>
    public static Task SendAsync(HttpContext context, SignInChallenge challenge, string? organization, string returnUrl)
    {
        var error = organization is { Length: > 0 } && !Alias().IsMatch(organization) ? BadAlias
            : !ReturnUrl.IsLocal(returnUrl) ? Error.Invalid("returnUrl", "Give a path of this address.")
            : null;
        return error is null
            ? challenge.SendAsync(context, returnUrl, organization is { Length: > 0 } ? organization : null)
            : Problems.RespondAsync(context, error);
    }

    /// <param name="Organization">The alias; null to choose.</param>
    /// <param name="ReturnUrl">Where to go on then.</param>
    internal sealed record Request(string? Organization, string? ReturnUrl);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,255}\z")]
    private static partial Regex Alias();
}
