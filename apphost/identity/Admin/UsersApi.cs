using System.Text.Json.Nodes;
using Platform.Identity.Consents;
using Platform.Identity.Passwords;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.Steps;
using static Platform.Identity.Admin.AdminAnswers;

namespace Platform.Identity.Admin;

/// <summary>Keycloak's <c>/users</c>.</summary>
internal sealed class UsersApi(
    Realm realm, RealmStore store, PasswordPolicy policy, PasswordChange passwords, ActionLinks links, SessionEnd end, ConsentBook consents, TimeProvider time)
{
    // Roles and credentials are not among them: whoever may make people must not make administrators.
    private static readonly string[] Settable =
        ["firstName", "lastName", "email", "emailVerified", "enabled", "attributes", "requiredActions"];

    public IResult List(HttpContext http)
    {
        var query = http.Request.Query;
        var exact = Flag(http, "exact");
        return AdminAnswers.List(
            realm.AllUsers.Where(user => user.Profile.ServiceAccountClientId is null
                    && UserView.Matches(user, query["search"].ToString(), false)
                    && Has(user.Username, query["username"], exact) && Has(user.Profile.Email, query["email"], exact)
                    && Has(user.Profile.FirstName, query["firstName"], exact) && Has(user.Profile.LastName, query["lastName"], exact))
                .OrderBy(user => user.Username, StringComparer.OrdinalIgnoreCase),
            http, UserView.Show);
    }

    public IResult Count(HttpContext http) => Results.Text(
        realm.AllUsers.Count(user => user.Profile.ServiceAccountClientId is null && UserView.Matches(user, http.Request.Query["search"].ToString(), false))
            .ToString(System.Globalization.CultureInfo.InvariantCulture), "application/json");

    public IResult Get(string id) => realm.FindAnyUser(id) is { } user ? One(UserView.Show(user)) : NotFound("User");

    public async Task<IResult> Create(HttpContext http)
    {
        if (await AdminBody.ReadObjectAsync(http) is not { } body) return Bad("The request cannot be read.");
        var email = body.Text("email");
        if ((body.Text("username") ?? email) is not { } username) return Bad("User name is missing");
        if (email is not null && !UserView.IsEmail(email)) return Bad("Invalid email address.");
        if (AdminBody.Merge(UserView.New(realm, username, email, time), body, Settable) is not { } profile) return Bad("A value is of the wrong kind.");
        var user = profile with { Email = profile.Email?.ToLowerInvariant() };
        if (body["credentials"] is JsonArray credentials)
        {
            var (withPassword, refusal) = WithPassword(user, credentials);
            if (refusal is not null) return refusal;
            user = withPassword;
        }
        return await store.AddUserAsync(user, http.RequestAborted) is not null
            ? Created(http, $"{http.Request.Path}/{user.Id}")
            : Conflict("User exists with same username or email");
    }

    public async Task<IResult> Update(HttpContext http, string id)
    {
        if (await AdminBody.ReadObjectAsync(http) is not { } body) return Bad("The request cannot be read.");
        if (realm.FindAnyUser(id) is not { } user) return NotFound("User");
        if (body.Text("email") is { } email && (!UserView.IsEmail(email) || realm.FindAnyByLogin(email) is { } other && other.Id != id))
            return Conflict("User exists with same email");
        if (AdminBody.Merge(user.Profile, body, Settable) is null) return Bad("A value is of the wrong kind.");
        var changed = await store.ChangeUserAsync(id, profile => AdminBody.Merge(profile, body, Settable), http.RequestAborted);
        if (changed is { Profile.Enabled: false }) await end.EndAllAsync(http, id);
        return changed is null ? NotFound("User") : Results.NoContent();
    }

    public async Task<IResult> Delete(HttpContext http, string id)
    {
        if (realm.FindAnyUser(id) is not { Profile.ServiceAccountClientId: null }) return NotFound("User");
        await end.EndAllAsync(http, id);
        await consents.ForgetUserAsync(id, http.RequestAborted);
        return await store.RemoveUserAsync(id, http.RequestAborted) ? Results.NoContent() : NotFound("User");
    }

    public async Task<IResult> ResetPassword(HttpContext http, string id)
    {
        if (await AdminBody.ReadObjectAsync(http) is not { } body || body.Text("value") is not { } password) return Bad("No password provided");
        if (realm.FindAnyUser(id) is not { Profile.ServiceAccountClientId: null } user) return NotFound("User");
        if (policy.Check(user.Profile, password) is { } violation) return Violated(violation);
        var credential = PasswordHash.Create(password, time.GetUtcNow());
        var isTemporary = body.Truth("temporary");
        await store.ChangeUserAsync(id, profile => WithAction(passwords.Set(profile, credential), isTemporary), http.RequestAborted);
        await end.EndAllAsync(http, id);
        return Results.NoContent();
    }

    public async Task<IResult> SendActions(HttpContext http, string id)
    {
        if (realm.FindUser(id) is not { } user) return NotFound("User");
        List<string> actions = await AdminBody.ReadAsync(http) is JsonArray names ? [.. names.Select(name => name?.ToString()).OfType<string>()] : [];
        return Send(http, user, actions);
    }

    public IResult SendVerification(HttpContext http, string id) =>
        realm.FindUser(id) is { } user ? Send(http, user, [RequiredActions.VerifyEmail]) : NotFound("User");

    public async Task<IResult> Logout(HttpContext http, string id)
    {
        if (realm.FindAnyUser(id) is null) return NotFound("User");
        await end.EndAllAsync(http, id);
        return Results.NoContent();
    }

    private IResult Send(HttpContext http, RealmUser user, List<string> actions)
    {
        var clientId = http.Request.Query["client_id"].ToString();
        if (clientId.Length > 0 && realm.FindClient(clientId) is null) return Bad("Client doesn't exist");
        if (actions.Count == 0 || actions.Any(action => !RequiredActions.Known.Contains(action))) return Bad("Provided invalid required actions");
        if (user.Profile.Email is null) return Bad("User email missing");
        TimeSpan? lifespan = AdminAnswers.Number(http, "lifespan", 0) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
        return links.SendActions(http, user, actions, clientId.Length > 0 ? clientId : null, lifespan)
            ? Results.NoContent()
            : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    private (UserDocument User, IResult? Refusal) WithPassword(UserDocument user, JsonArray credentials)
    {
        foreach (var credential in credentials.OfType<JsonObject>())
        {
            if (credential.Text("type") is not (null or CredentialTypes.Password) || credential.Text("value") is not { } password) continue;
            if (policy.Check(user, password) is { } violation) return (user, Violated(violation));
            user = passwords.Set(user, PasswordHash.Create(password, time.GetUtcNow()));
            if (credential.Truth("temporary")) user = WithAction(user, isTemporary: true);
        }
        return (user, null);
    }

    private static UserDocument WithAction(UserDocument user, bool isTemporary) => isTemporary
        ? user with { RequiredActions = [.. user.RequiredActions.Append(RequiredActions.UpdatePassword).Distinct()] }
        : user.WithoutAction(RequiredActions.UpdatePassword);

    private static IResult Violated(PasswordViolation violation) => Bad($"Invalid password: {violation.Code}");

    private static bool Has(string? text, string? wanted, bool exact) => string.IsNullOrEmpty(wanted) || (text is not null && (exact
        ? string.Equals(text, wanted, StringComparison.OrdinalIgnoreCase)
        : text.Contains(wanted, StringComparison.OrdinalIgnoreCase)));
}
