using Microsoft.AspNetCore.WebUtilities;
using OpenIddict.Abstractions;
using Platform.Identity.Events;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;

namespace Platform.Identity.Brokering;

/// <summary>
/// Signs a person who has signed out here out at their provider of OpenID Connect as well (RP-Initiated Logout 1.0): the browser is led there
/// and comes back or, where the provider takes that, this server calls it. Whatever the provider answers, here it is over first.
/// </summary>
internal sealed partial class OidcSignOut(
    Realm realm, RealmAddresses addresses, ProviderTokenSeal tokens, SignOutCookie cookie, OnwardPage onward, SignOutResultPage result, ErrorPage errorPage,
    IHttpClientFactory clients, EventJournal journal, TimeProvider time, ILogger<OidcSignOut> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What leads the browser there; null where it has nothing to do there.</summary>
    public async Task<IResult?> LeaveAsync(HttpContext http, UserSession session, OpenIddictRequest request)
    {
        if (session.Provider is not { } alias || realm.FindProvider(alias) is not { IsSaml: false, LogoutUrl: not null } provider) return null;
        var leaving = SignOutState.New(http, alias, request, time.GetUtcNow());
        var token = provider.IsShownItsToken ? tokens.Open(session.ProviderToken) : null;
        // A call without the token would not say whose session is meant; the browser's cookie there does.
        if (provider.IsCalledAtSignOut && token is not null)
        {
            await CallAsync(http, provider, Address(provider, leaving.Id, token, returnTo: null));
            return null;
        }
        cookie.Write(http, leaving);
        return onward.SignOut(leaving.Language, provider, new Departure(Address(provider, leaving.Id, token, addresses.SignOutAnswer(alias))));
    }

    /// <summary>The browser comes back.</summary>
    public IResult Finish(HttpContext http, string alias) => cookie.Take(http, alias, http.Request.Query["state"]) is not { } leaving ? errorPage.Stale(http)
        : leaving.ReturnTo is { } address ? Results.Redirect(address)
        : result.Done(leaving.Language);

    private static string Address(IdentityProviderDocument provider, string state, string? token, string? returnTo)
    {
        // Somebody has to be named (§2): where it is not the person, it is we.
        var client = provider.IsToldOurNameAtSignOut || token is null ? provider.ClientId : null;
        var parameters = new Dictionary<string, string?> { ["state"] = state, ["id_token_hint"] = token, ["client_id"] = client, ["post_logout_redirect_uri"] = returnTo };
        return QueryHelpers.AddQueryString(provider.LogoutUrl!, parameters.Where(parameter => parameter.Value is not null));
    }

    private async Task CallAsync(HttpContext http, IdentityProviderDocument provider, string address)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            using var client = clients.CreateClient(BrokerClient.HttpClient);
            using var response = await client.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead, patience.Token);
            // As in Keycloak, a redirect is a yes; it is not followed.
            if ((int)response.StatusCode < StatusCodes.Status400BadRequest) return;
            Record(http, provider, "not signed out there");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            Record(http, provider, "does not answer");
        }
    }

    private void Record(HttpContext http, IdentityProviderDocument provider, string reason)
    {
        LogFailed(logger, provider.Alias, reason);
        journal.Record(http, EventTypes.LogoutError, error: BrokerErrors.SignOut, provider: provider.Alias, reason: reason);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The provider {Alias} could not be told of a sign-out: {Reason}")]
    private static partial void LogFailed(ILogger logger, string alias, string reason);
}
