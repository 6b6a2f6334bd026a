using Platform.Identity.Pages;
using Platform.Identity.Realms;

namespace Platform.Identity.Brokering;

/// <summary>How a sign-out at both sides ended.</summary>
internal sealed class SignOutResultPage(Assets assets)
{
    public IResult Done(Language language) => Show(language, Texts.In(language).SignedOut, Html.Of($"""<p class="lead">{Texts.In(language).SignedOutMore}</p>"""));

    /// <summary>Here it is over; there, nobody knows.</summary>
    public IResult Unconfirmed(SignOutState leaving, IdentityProviderDocument provider)
    {
        var texts = BrokerTexts.In(leaving.Language);
        return Show(leaving.Language, Texts.In(leaving.Language).SignedOut, Html.Of($"""
            <p class="lead" role="alert" data-error="{BrokerErrors.SignOut}">{texts.SignOutUnconfirmed(provider.Name)}</p>
            {Html.When(leaving.ReturnTo is not null, $"""<p><a class="primary" href="{leaving.ReturnTo}">{texts.Go}</a></p>""")}
            """));
    }

    private IResult Show(Language language, string title, Html content) => new Page(language, title, Html.Of($"""
        <h1>{title}</h1>
        {content}
        """)).Render(assets);
}
