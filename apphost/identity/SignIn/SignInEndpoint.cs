using Microsoft.AspNetCore.Antiforgery;
using Platform.Identity.Brokering;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.Steps;

namespace Platform.Identity.SignIn;

/// <summary>Where the login form is sent.</summary>
internal sealed partial class SignInEndpoint(
    Realm realm, RealmAddresses addresses, LoginFlowSeal seal, SignInPages pages, SignInChecks checks, SignInSteps steps, BrokerStart broker,
    IAntiforgery antiforgery, ILogger<SignInEndpoint> logger)
{
    public async Task<IResult> Handle(HttpContext http)
    {
        if (!http.Request.HasFormContentType) return pages.Error.Stale(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (seal.Open(form["flow"]) is not { } flow || flow.ApplicationIn(realm) is not { } application) return pages.Error.Stale(http);
        if (seal.IsStale(flow)) return Results.Redirect(flow.Restart(addresses));

        var credentials = checks.Credentials(form);
        if (form.ContainsKey(LoginPage.Company) || credentials.Password.Length == 0)
            if (await LeadAsync(http, form, flow, application, credentials.UserName.Trim()) is { } elsewhere) return elsewhere;
        var (user, message) = await checks.RunAsync(http, credentials, flow.ClientId, Texts.In(flow.Language));
        if (user is null)
        {
            LogRefused(logger, flow.ClientId!, message!.Code);
            return pages.Login.Render(http, flow, application, message, credentials.UserName);
        }
        LogAccepted(logger, user.Id, flow.ClientId!);
        return await steps.ContinueAsync(http, user, steps.Begin(user, flow, [SignInMethods.Password]));
    }

    // Whose organization has its own identity server needs no password here.
    private async Task<IResult?> LeadAsync(HttpContext http, IFormCollection form, LoginFlow flow, string application, string address)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return null;
        if (broker.ByAddress(http, flow, address) is { } elsewhere) return elsewhere;
        if (!form.ContainsKey(LoginPage.Company)) return null;
        return pages.Login.Render(http, flow, application, address.Length == 0
            ? new(LoginErrors.MissingCredentials, Texts.In(flow.Language).MissingEmail)
            : new(BrokerErrors.Unknown, BrokerTexts.In(flow.Language).NoCompanySignIn), address);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{UserId} gave the right password for {Client}")]
    private static partial void LogAccepted(ILogger logger, string userId, string client);

    [LoggerMessage(Level = LogLevel.Information, Message = "A sign-in to {Client} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string client, string reason);
}
