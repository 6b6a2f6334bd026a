using System.Text.Json.Nodes;
using Platform.Identity.Realms;
using Platform.Identity.Steps;
using static Platform.Identity.Admin.AdminAnswers;

namespace Platform.Identity.Admin;

/// <summary>Keycloak's <c>/organizations</c>: tenants and their members.</summary>
internal sealed class OrganizationsApi(Realm realm, RealmStore store, ActionLinks links, TimeProvider time)
{
    private static readonly string[] Settable = ["name", "enabled", "description", "redirectUrl", "attributes", "domains"];

    public IResult List(HttpContext http)
    {
        var search = http.Request.Query["search"].ToString();
        var exact = Flag(http, "exact");
        return AdminAnswers.List(
            realm.Organizations.Where(organization => Matches(organization, search, exact) && HasAttributes(organization, http.Request.Query["q"].ToString()))
                .OrderBy(organization => organization.Name, StringComparer.OrdinalIgnoreCase),
            http, Show, fallback: 10);
    }

    public IResult Count() => Results.Text(realm.Organizations.Count().ToString(System.Globalization.CultureInfo.InvariantCulture), "application/json");

    public IResult Get(string id) => realm.FindOrganization(id) is { } organization ? One(Show(organization)) : NotFound("Organization");

    public async Task<IResult> Create(HttpContext http)
    {
        if (await AdminBody.ReadObjectAsync(http) is not { } body || body.Text("name") is not { } name) return Bad("Name is required.");
        var alias = body.Text("alias") ?? name.Replace(' ', '-').ToLowerInvariant();
        // The alias stands in the scope "organization:alias", where a space or colon would end it.
        if (alias.Any(letter => char.IsWhiteSpace(letter) || letter is ':' or '/')) return Bad("The alias must not have spaces, colons or slashes.");
        var fresh = new OrganizationDocument { Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(), Name = name, Alias = alias };
        if (AdminBody.Merge(fresh, body, Settable) is not { } organization) return Bad("A value is of the wrong kind.");
        return await store.PutOrganizationAsync(organization, http.RequestAborted)
            ? Created(http, $"{http.Request.Path}/{organization.Id}")
            : Conflict("A organization with the same name, alias or domain already exists.");
    }

    public async Task<IResult> Update(HttpContext http, string id)
    {
        if (realm.FindOrganization(id) is not { } former) return NotFound("Organization");
        if (await AdminBody.ReadObjectAsync(http) is not { } body || AdminBody.Merge(former, body, Settable) is not { } changed) return Bad("A value is of the wrong kind.");
        if (body.Text("alias") is { } alias && alias != former.Handle) return Bad("Cannot change the alias");
        return await store.PutOrganizationAsync(changed, http.RequestAborted)
            ? Results.NoContent()
            : Conflict("A organization with the same name, alias or domain already exists.");
    }

    public async Task<IResult> Delete(HttpContext http, string id) =>
        await store.RemoveOrganizationAsync(id, http.RequestAborted) ? Results.NoContent() : NotFound("Organization");

    public IResult Members(HttpContext http, string id)
    {
        if (realm.FindOrganization(id) is null) return NotFound("Organization");
        var search = http.Request.Query["search"].ToString();
        var exact = Flag(http, "exact");
        return AdminAnswers.List(
            realm.Memberships.MembersOf(id).Select(realm.FindAnyUser).OfType<RealmUser>()
                .Where(user => UserView.Matches(user, search, exact)).OrderBy(user => user.Username, StringComparer.OrdinalIgnoreCase),
            http, user => Member(id, user), fallback: 10);
    }

    public IResult MemberCount(string id) => realm.FindOrganization(id) is null
        ? NotFound("Organization")
        : Results.Text(realm.Memberships.MembersOf(id).Count().ToString(System.Globalization.CultureInfo.InvariantCulture), "application/json");

    public IResult GetMember(string id, string userId) =>
        realm.Memberships.TypeOf(id, userId) is not null && realm.FindAnyUser(userId) is { } user ? One(Member(id, user)) : NotFound("User");

    /// <summary>The body is the person's id, bare or as a JSON text.</summary>
    public async Task<IResult> AddMember(HttpContext http, string id)
    {
        if (realm.FindOrganization(id) is null) return NotFound("Organization");
        using var reader = new StreamReader(http.Request.Body);
        var userId = (await reader.ReadToEndAsync(http.RequestAborted)).Trim().Trim('"');
        if (realm.FindAnyUser(userId) is not { Profile.ServiceAccountClientId: null }) return Bad("User does not exist");
        return await store.AddMemberAsync(id, userId, http.RequestAborted)
            ? Created(http, $"{http.Request.Path}/{userId}")
            : Conflict("User is already a member of the organization.");
    }

    public async Task<IResult> RemoveMember(HttpContext http, string id, string userId) =>
        await store.RemoveMemberAsync(id, userId, http.RequestAborted) ? Results.NoContent() : NotFound("User");

    public IResult OrganizationsOf(HttpContext http, string userId) => realm.FindAnyUser(userId) is null
        ? NotFound("User")
        : AdminAnswers.List(realm.OrganizationsOf(userId), http, Show);

    /// <summary>
    /// Mails an invitation. Unlike in Keycloak, where an invitation to a person without an account leads to a registration page, the
    /// account is made here and the link lets the person choose its password.
    /// </summary>
    public async Task<IResult> Invite(HttpContext http, string id)
    {
        if (realm.FindOrganization(id) is not { } organization) return NotFound("Organization");
        if (!http.Request.HasFormContentType) return Bad("Send a form with the e-mail.");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var email = form["email"].ToString().Trim();
        if (!UserView.IsEmail(email)) return Bad("To invite a member you need to provide an email");
        var user = realm.FindAnyByLogin(email) ?? await store.AddUserAsync(
            UserView.New(realm, email, email, time) with { FirstName = form["firstName"], LastName = form["lastName"] }, http.RequestAborted);
        return user is null ? Conflict("User exists with same email") : await Join(http, organization, user);
    }

    public async Task<IResult> InviteExisting(HttpContext http, string id)
    {
        if (realm.FindOrganization(id) is not { } organization) return NotFound("Organization");
        if (!http.Request.HasFormContentType) return Bad("Send a form with the id.");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return realm.FindUser(form["id"]) is { } user ? await Join(http, organization, user) : Bad("User does not exist");
    }

    private async Task<IResult> Join(HttpContext http, OrganizationDocument organization, RealmUser user)
    {
        if (!await store.AddMemberAsync(organization.Id, user.Id, http.RequestAborted)) return Conflict("User already a member of the organization");
        IReadOnlyList<string> actions = user.Password is null
            ? [RequiredActions.VerifyEmail, RequiredActions.UpdatePassword]
            : [RequiredActions.VerifyEmail];
        links.SendActions(http, user, actions, http.Request.Query["client_id"], null, organization.Name);
        return Results.NoContent();
    }

    private static bool Matches(OrganizationDocument organization, string search, bool exact) => search.Length == 0
        || new[] { organization.Name, organization.Handle }.Concat(organization.Domains.Select(domain => domain.Name)).Any(text => exact
            ? string.Equals(text, search, StringComparison.OrdinalIgnoreCase)
            : text.Contains(search, StringComparison.OrdinalIgnoreCase));

    // Keycloak's q: "name:value name:value".
    private static bool HasAttributes(OrganizationDocument organization, string query) => query
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split(':', 2))
        .All(pair => pair is [var name, var value] && organization.Attributes.GetValueOrDefault(name)?.Contains(value) is true);

    private static JsonObject Show(OrganizationDocument organization)
    {
        var shown = AdminBody.Show(organization with { Alias = organization.Handle });
        shown.Remove("members");
        return shown;
    }

    private JsonObject Member(string organizationId, RealmUser user)
    {
        var shown = UserView.Show(user);
        shown["membershipType"] = realm.Memberships.TypeOf(organizationId, user.Id);
        return shown;
    }
}
