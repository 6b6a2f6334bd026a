using Platform.Identity.Events;
using Platform.Identity.Pages;
using Platform.Identity.Realms;

namespace Platform.Identity.Account;

/// <summary>A person's name, address and organizations.</summary>
internal sealed class ProfilePage(AccountGate gate, AccountView view, RealmStore store, EventJournal journal)
{
    private const int NameLength = 255;

    public Task<IResult> Show(HttpContext http) => gate.ShowAsync(http, AccountView.Profile, visit => Task.FromResult(Render(http, visit)));

    public Task<IResult> Save(HttpContext http) => gate.ChangeAsync(http, AccountView.Profile, isSensitive: false, async (visit, form) =>
    {
        var (first, last) = (Name(form["firstName"]), Name(form["lastName"]));
        var changed = await store.ChangeUserAsync(
            visit.User.Id, profile => profile with { FirstName = first, LastName = last }, http.RequestAborted);
        journal.Record(http, EventTypes.UpdateProfile, user: changed);
        return view.Done(visit, AccountView.Profile, "saved");
    });

    private IResult Render(HttpContext http, AccountVisit visit)
    {
        var (texts, profile) = (visit.Texts, visit.User.Profile);
        return view.Render(http, visit, AccountView.Profile, Html.Of($"""
            <section class="panel">
            {view.Form(http, visit, "/profile", Html.Of($"""
                <div class="pair">
                {Field("firstName", texts.FirstName, profile.FirstName, "given-name")}
                {Field("lastName", texts.LastName, profile.LastName, "family-name")}
                </div>
                <p class="fact"><span>{texts.Email}</span> {profile.Email} <em>{(profile.EmailVerified ? texts.EmailVerified : texts.EmailNotVerified)}</em></p>
                {Html.When(visit.User.Organizations.Count > 0, $"""<p class="fact"><span>{texts.Organizations}</span> {string.Join(", ", visit.User.Organizations.Select(organization => organization.Name))}</p>""")}
                <button class="primary" type="submit">{texts.Save}</button>
                """))}
            </section>
            """));
    }

    private static Html Field(string id, string label, string? value, string autocomplete) => Html.Of($"""
        <div class="field"><label for="{id}">{label}</label><input id="{id}" name="{id}" type="text" autocomplete="{autocomplete}" maxlength="{NameLength}" value="{value}"></div>
        """);

    private static string Name(string? text)
    {
        var name = (text ?? "").Trim();
        return name[..Math.Min(name.Length, NameLength)];
    }
}
