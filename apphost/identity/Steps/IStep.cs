using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Steps;

/// <summary>One thing that may be asked of a person: a page and what its form does.</summary>
internal interface IStep
{
    /// <summary>The form's <c>execution</c>.</summary>
    string Name { get; }

    bool IsNeeded(RealmUser user, PendingSteps pending);

    IResult Render(HttpContext http, RealmUser user, PendingSteps pending, LoginMessage? message = null);

    Task<StepResult> SubmitAsync(HttpContext http, IFormCollection form, RealmUser user, PendingSteps pending);
}

/// <summary>Either how it goes on, or what the page says when it is shown again.</summary>
internal sealed record StepResult(PendingSteps? Pending, LoginMessage? Message = null)
{
    public static StepResult Again(string code, string text, PendingSteps? pending = null) => new(pending, new LoginMessage(code, text));

    public bool IsDone => Message is null;
}
