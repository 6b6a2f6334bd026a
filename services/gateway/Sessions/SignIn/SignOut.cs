using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Platform.Gateway.Sessions.Storage;

namespace Platform.Gateway.Sessions.SignIn;

/// <summary>Ends sessions that their owner wants to end, here and at the identity server.</summary>
internal sealed class SignOut(SessionStore sessions, IdentityServer identity, SessionCookie cookie, IOptions<SessionOptions> options)
{
    /// <summary>Ends the session of the key; false where it has ended already.</summary>
    public async Task<bool> EndAsync(string key, CancellationToken cancellationToken)
    {
        if (await sessions.EndAsync(key, cancellationToken) is not { } ended)
            return false;
        await identity.SignOutAsync(ended.Tokens, cancellationToken);
        return true;
    }

    /// <summary>Ends every other session of the person; how many there were.</summary>
    public async Task<int> EndOthersAsync(string personId, string currentKey, CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var (key, _) in await sessions.ListAsync(SessionIndex.OfPerson(personId), cancellationToken))
        {
            if (key != currentKey && await EndAsync(key, cancellationToken))
                ended++;
        }

        return ended;
    }

    /// <summary>
    /// Ends the request's own session; where the browser goes then, so that the identity server forgets it too. The address holds
    /// no token: by the time the browser is there, the single sign-on has ended without it.
    /// </summary>
    public async Task<string> EndCurrentAsync(HttpContext context, string? key)
    {
        cookie.Delete(context);
        if (key is not null)
            await EndAsync(key, context.RequestAborted);
        try
        {
            var configuration = await identity.ConfigurationAsync(context.RequestAborted);
            return configuration.EndSessionEndpoint is { Length: > 0 } endpoint
                ? QueryHelpers.AddQueryString(endpoint, new Dictionary<string, string?>
                {
                    ["client_id"] = options.Value.ClientId,
                    ["post_logout_redirect_uri"] = $"{cookie.OriginOf(context.Request)}/",
                })
                : "/";
        }
        catch (InvalidOperationException)
        {
            return "/";
        }
    }
}
