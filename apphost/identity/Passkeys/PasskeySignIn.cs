using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Platform.Identity.Events;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;
using Platform.Identity.Steps;

namespace Platform.Identity.Passkeys;

/// <summary>Signing in with a passkey instead of the password: the button on the login page, and where its form is sent.</summary>
internal sealed class PasskeySignIn(
    PasskeyCeremony ceremony, SpentChallenges spent, LoginFlowSeal seal, SignInSteps steps, LoginPage login, SignInLimiter limiter, Realm realm,
    PasskeyChallengeSeal challenges, IAntiforgery antiforgery, ErrorPage errorPage, EventJournal journal)
{
    public async Task<IResult> Handle(HttpContext http)
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http)) return errorPage.Stale(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (seal.Open(form["flow"]) is not { } flow || challenges.Open(form["challenge"]) is not { } challenge || seal.IsStale(flow)) return errorPage.Stale(http);
        var texts = Texts.In(flow.Language);
        var application = flow.ApplicationIn(realm);
        if (application is null) return errorPage.Stale(http);
        if (!limiter.Allows(http)) return login.Render(http, flow, application, new(LoginErrors.TooManyRequests, texts.TooMany));
        if (spent.Spend(challenge.Asked, challenge.ExpiresAt)
            && await ceremony.VerifyAsync(challenge.Asked, form["credential"].ToString(), http.RequestAborted) is { } user)
            return await steps.ContinueAsync(http, user, steps.Begin(user, flow, [SignInMethods.HardwareKey]));
        journal.Record(http, EventTypes.LoginError, flow.ClientId, error: "invalid_passkey", credential: CredentialTypes.Passkey);
        return login.Render(http, flow, application, new("invalid_passkey", texts.PasskeyRefused));
    }
}

/// <summary>A challenge and how long its answer is waited for.</summary>
internal sealed record PasskeyChallenge(string Asked, DateTimeOffset ExpiresAt);

/// <summary>Seals challenges into the login page, so that nothing is kept for who never answers.</summary>
internal sealed class PasskeyChallengeSeal(IDataProtectionProvider provider, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly IDataProtector _protector = provider.CreateProtector("Platform.Identity.PasskeyChallenge");

    public string Seal(string asked) => _protector.Protect(JsonSerializer.Serialize(new PasskeyChallenge(asked, time.GetUtcNow() + Lifetime)));

    public PasskeyChallenge? Open(string? sealedChallenge)
    {
        try
        {
            return sealedChallenge is not null
                && JsonSerializer.Deserialize<PasskeyChallenge>(_protector.Unprotect(sealedChallenge)) is { } challenge
                && time.GetUtcNow() < challenge.ExpiresAt ? challenge : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
