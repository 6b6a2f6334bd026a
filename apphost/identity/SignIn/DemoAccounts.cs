using Platform.Identity.Pages;
using Platform.Identity.Realms;

namespace Platform.Identity.SignIn;

/// <summary>In Development the login page offers the people of the realm file; anywhere else it does not know of them.</summary>
internal sealed class DemoAccounts(IdentityOptions options, IHostEnvironment environment, Realm realm)
{
    /// <summary>The form field that names the chosen account.</summary>
    public const string Field = "demo";

    public string? Password { get; } = environment.IsDevelopment() ? options.DemoPassword : null;

    public Html Render(Texts texts)
    {
        if (string.IsNullOrEmpty(Password)) return Html.Empty;
        // The file's own people alone: whoever came later has a password that nobody else knows.
        var groups = realm.Settings.Users.Select(user => realm.FindUser(user.Id)).OfType<RealmUser>().Where(user => user.Organizations.Count > 0).GroupBy(user => user.Organizations[0].Name);
        return Html.Of($"""
            <section class="demo" aria-labelledby="demo">
            <h2 id="demo">{texts.DemoAccounts}</h2>
            <p>{texts.DemoHint}</p>
            {groups.Select(group => Html.Of($"""<h3>{group.Key}</h3><ul>{group.Select(Account)}</ul>"""))}
            </section>
            """);
    }

    private static Html Account(RealmUser user) => Html.Of($"""
        <li><button type="submit" name="{Field}" value="{user.Username}" formnovalidate>
        <span class="avatar" aria-hidden="true">{Initials(user)}</span>
        <span class="who"><span class="name">{user.FullName}</span> <span class="title">{string.Join(", ", user.Attribute("title"))}</span></span>
        </button></li>
        """);

    private static string Initials(RealmUser user) => $"{user.Profile.FirstName?[..1]}{user.Profile.LastName?[..1]}";
}
