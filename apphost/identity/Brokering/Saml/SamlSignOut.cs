using System.Xml;
using OpenIddict.Abstractions;
using Platform.Identity.Events;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;

namespace Platform.Identity.Brokering.Saml;

/// <summary>
/// Single logout with a provider, by the browser. Signed out here, a person is led there to be signed out as well; signed out there, the
/// provider says so, and the sessions that began with it end. Whatever the other side answers, here it is over first.
/// </summary>
internal sealed partial class SamlSignOut(
    Realm realm, RealmAddresses addresses, SamlClient client, SamlSender sender, SpentAnswers spent, SignOutCookie cookie, SessionEnd end, SignInLimiter limiter,
    EventJournal journal, OnwardPage onward, SignOutResultPage result, ErrorPage errorPage, TimeProvider time, ILogger<SamlSignOut> logger)
{
    /// <summary>Leads the browser of a person who has signed out here to the provider; null where there is none that wants to hear of it.</summary>
    public IResult? Leave(HttpContext http, UserSession session, OpenIddictRequest request)
    {
        if (OriginOf(session) is not { } origin || realm.FindProvider(origin.Alias) is not { IsSaml: true } document || client.Of(document) is not { SignOutUrl: not null } provider) return null;
        var now = time.GetUtcNow();
        var leaving = SignOutState.New(http, provider.Alias, request, now);
        cookie.Write(http, leaving);
        return onward.SignOut(leaving.Language, document, Send(provider, SamlSender.Request, leaving.Id, SamlSignOutMessages.Request(provider, origin, leaving.RequestId, now)));
    }

    /// <summary>What the provider says to a sign-out that began here; null where none waits for it in this browser.</summary>
    public IResult? Finish(HttpContext http, IdentityProviderDocument document, SamlArrival arrival)
    {
        if (cookie.Take(http, document.Alias, arrival.RelayState) is not { } leaving) return null;
        if (RefuseAnswer(client.Of(document), arrival, leaving) is { } reason)
        {
            Record(http, document, reason);
            return result.Unconfirmed(leaving, document);
        }
        return leaving.ReturnTo is { } address ? Results.Redirect(address) : result.Done(leaving.Language);
    }

    /// <summary>The provider signs somebody out.</summary>
    public async Task<IResult> AnswerAsync(HttpContext http, IdentityProviderDocument document, SamlArrival arrival)
    {
        var (provider, texts) = (client.Of(document), BrokerTexts.In(Locale.Of(http)));
        if (!limiter.Allows(http)) return errorPage.Refused(http, Texts.In(Locale.Of(http)).TooMany, LoginErrors.TooManyRequests);
        var (message, reason) = ReadRequest(provider, arrival);
        if (message is null)
        {
            Record(http, document, reason!);
            return errorPage.Refused(http, texts.SignOutRefused(document.Name), BrokerErrors.SignOut);
        }
        await end.EndFromAsync(http, provider.Alias, message.Only(SamlNames.Assertion, "NameID").Text()!,
            [.. message.Children(SamlNames.Protocol, "SessionIndex").Select(index => index.Text() ?? "")]);
        return provider.SignOutUrl is null
            ? result.Done(Locale.Of(http))
            : onward.SignOut(Locale.Of(http), document, Send(provider, SamlSender.Response, arrival.RelayState, SamlSignOutMessages.Response(provider, message.GetAttribute("ID"), time.GetUtcNow())));
    }

    private (XmlElement? Message, string? Reason) ReadRequest(SamlProvider provider, SamlArrival arrival)
    {
        var now = time.GetUtcNow();
        var (message, reason) = arrival.Open("LogoutRequest", provider, now);
        if (message is null) return (null, reason);
        if (SamlArrival.Refuse(message, provider, addresses.BrokerEndpoint(provider.Alias), now) is { } refusal) return (null, refusal);
        if (message.Only(SamlNames.Assertion, "NameID").Text() is not { Length: > 0 and <= BrokeredIdentity.MaxLength }) return (null, "nobody is named");
        // What was said before this process began may have been said to the one before.
        if (!SamlXml.TryTime(message.Value("IssueInstant"), out var issued) || !spent.Remembers(issued - provider.Skew)) return (null, "used already");
        return spent.Spend(provider.Alias, message.GetAttribute("ID"), now + SamlArrival.Lifetime + 2 * provider.Skew) ? (message, null) : (null, "used already");
    }

    private string? RefuseAnswer(SamlProvider provider, SamlArrival arrival, SignOutState leaving)
    {
        var (message, reason) = arrival.Open("LogoutResponse", provider, time.GetUtcNow());
        if (message is null) return reason;
        return SamlArrival.Refuse(message, provider, addresses.BrokerEndpoint(provider.Alias), time.GetUtcNow())
            ?? (message.Value("InResponseTo") != leaving.RequestId ? "answers another request, or none" : null)
            ?? (SamlAnswer.StatusOf(message) != SamlNames.Success ? "not signed out there" : null);
    }

    // Without a signature nobody may be signed out (Profiles §4.4.4.1), whatever is agreed for sign-ins.
    private Departure Send(SamlProvider provider, string field, string? relayState, System.Xml.Linq.XElement message) =>
        sender.Send(new(provider.SignOutUrl!, field, relayState, provider.PostsSignOuts, Signs: true), message);

    private static BrokeredSession? OriginOf(UserSession session) => session is { Provider: { } alias, ProviderName: { } name }
        ? new(alias, name, session.ProviderNameFormat, session.ProviderNameQualifier, session.ProviderSpNameQualifier, session.ProviderSession)
        : null;

    private void Record(HttpContext http, IdentityProviderDocument provider, string reason)
    {
        LogRefused(logger, provider.Alias, reason);
        journal.Record(http, EventTypes.LogoutError, error: BrokerErrors.SignOut, provider: provider.Alias, reason: reason);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What the provider {Alias} said about a sign-out was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string alias, string reason);
}
