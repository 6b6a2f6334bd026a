using Microsoft.AspNetCore.Antiforgery;
using Platform.Identity.Pages;
using Platform.Identity.SignIn;

namespace Platform.Identity.Steps;

/// <summary>Where the forms of the steps are sent, and where mailed links lead.</summary>
internal sealed class StepEndpoint(SignInSteps steps, StepsSeal seal, StepPages pages, ErrorPage errorPage, IAntiforgery antiforgery)
{
    public async Task<IResult> SubmitAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http)) return errorPage.Stale(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (seal.Open(form["steps"]) is not { } opened) return errorPage.Stale(http);
        var (pending, user) = opened;
        // A form may only answer what is asked: steps cannot be skipped or taken out of turn.
        if (steps.Find(form["execution"]) is not { } step || !step.IsNeeded(user, pending))
            return await steps.ContinueAsync(http, user, pending);
        var result = await step.SubmitAsync(http, form, user, pending);
        return result.IsDone
            ? await ContinueAsync(http, result.Pending!)
            : step.Render(http, user, result.Pending ?? pending, result.Message);
    }

    public async Task<IResult> FollowAsync(HttpContext http) =>
        seal.Open(http.Request.Query["key"]) is { Pending.IsLink: true } opened
            ? await steps.ContinueAsync(http, opened.User, opened.Pending)
            : pages.LinkExpired(http);

    private async Task<IResult> ContinueAsync(HttpContext http, PendingSteps pending) =>
        seal.Open(seal.Seal(pending)) is { } current ? await steps.ContinueAsync(http, current.User, current.Pending) : errorPage.Stale(http);
}
