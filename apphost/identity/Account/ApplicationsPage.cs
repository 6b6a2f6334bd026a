using Platform.Identity.Consents;
using Platform.Identity.Data;
using Platform.Identity.Pages;
using Platform.Identity.Realms;

namespace Platform.Identity.Account;

/// <summary>Which applications a person lets act for them, and taking that back.</summary>
internal sealed class ApplicationsPage(AccountGate gate, AccountView view, ConsentBook book, Realm realm)
{
    private const string Here = AccountView.Applications;

    public Task<IResult> Show(HttpContext http) => gate.ShowAsync(http, Here, async visit =>
    {
        var consents = await book.OfAsync(visit.User.Id, http.RequestAborted);
        return view.Render(http, visit, Here, Html.Of($"""
            <section class="panel">
            <p class="hint">{visit.Texts.ApplicationsLead} {(consents.Count == 0 ? visit.Texts.NoApplications : "")}</p>
            <ul class="rows">{consents.Select(consent => Row(http, visit, consent))}</ul>
            </section>
            """));
    });

    public Task<IResult> Revoke(HttpContext http) => gate.ChangeAsync(http, Here, isSensitive: false, async (visit, form) =>
    {
        await book.RevokeAsync(http, visit.User, form["client"].ToString());
        return view.Done(visit, Here, "revoked");
    });

    private Html Row(HttpContext http, AccountVisit visit, Consent consent)
    {
        var words = consent.Scopes.Select(name => realm.Scopes.TryGetValue(name, out var scope) ? ScopeWords.Of(realm, scope, visit.Language) : name);
        var client = realm.FindAnyClient(consent.ClientId);
        var organization = client?.OrganizationId is { } id ? realm.FindOrganization(id)?.DisplayName : null;
        return Html.Of($"""
            <li data-client="{consent.ClientId}"><span class="who"><span class="name">{client?.DisplayName ?? consent.ClientId}</span>
            <span class="title">{(organization is null ? "" : $"{organization} · ")}{visit.Texts.Since} {AccountView.Day(consent.GrantedAt, visit.Language)}</span>
            <ul class="may">{words.Select(word => Html.Of($"<li>{word}</li>"))}</ul></span>
            {view.Button(http, visit, "/applications/revoke", visit.Texts.Revoke, "client", consent.ClientId)}</li>
            """);
    }
}
