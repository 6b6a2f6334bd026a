using System.Text.Json.Nodes;
using Platform.Identity.Consents;
using Platform.Identity.Data;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;
using static Platform.Identity.Admin.AdminAnswers;

namespace Platform.Identity.Admin;

/// <summary>What a person of <c>/users</c> has: sessions, credentials, consents, a lock after failed sign-ins.</summary>
internal sealed class UserStateApi(Realm realm, RealmStore store, SessionStore sessions, SessionEnd end, ConsentBook consents, BruteForceGuard guard)
{
    public async Task<IResult> Sessions(HttpContext http, string id)
    {
        if (realm.FindAnyUser(id) is not { } user) return NotFound("User");
        return AdminAnswers.List(await sessions.OfAsync(id, http.RequestAborted), http, session => Show(session, user));
    }

    public async Task<IResult> EndSession(HttpContext http, string id)
    {
        if (await sessions.FindAsync(id, http.RequestAborted) is not { } found) return NotFound("Sesssion");
        await end.EndAsync(http, found.Session.Id);
        return Results.NoContent();
    }

    public IResult Credentials(HttpContext http, string id) => realm.FindAnyUser(id) is { } user
        ? AdminAnswers.List(user.Profile.Credentials.Where(credential => credential.Type != CredentialTypes.PasswordHistory), http, Show)
        : NotFound("User");

    public async Task<IResult> RemoveCredential(HttpContext http, string id, string credentialId)
    {
        var changed = await store.ChangeUserAsync(id, profile => profile.Credentials.Any(credential => credential.Id == credentialId)
            ? profile with { Credentials = [.. profile.Credentials.Where(credential => credential.Id != credentialId)] }
            : null, http.RequestAborted);
        if (changed is null) return NotFound("Credential");
        await end.EndAllAsync(http, id);
        return Results.NoContent();
    }

    public async Task<IResult> Consents(HttpContext http, string id) =>
        AdminAnswers.List(await consents.OfAsync(id, http.RequestAborted), http, Show);

    public async Task<IResult> RevokeConsent(HttpContext http, string id, string clientId) =>
        realm.FindAnyUser(id) is { } user && await consents.RevokeAsync(http, user, clientId) ? Results.NoContent() : NotFound("Consent");

    public async Task<IResult> Lock(HttpContext http, string id)
    {
        if (realm.FindAnyUser(id) is not { } user) return NotFound("User");
        var locked = await guard.LockAsync(user.Username, http.RequestAborted);
        return One(new JsonObject { ["disabled"] = locked is not null });
    }

    public async Task<IResult> Unlock(HttpContext http, string id)
    {
        if (realm.FindAnyUser(id) is not { } user) return NotFound("User");
        await guard.SucceedAsync(user.Username, http.RequestAborted);
        return Results.NoContent();
    }

    private JsonObject Show(UserSession session, RealmUser user) => new()
    {
        ["id"] = session.Id.ToString(),
        ["username"] = user.Username,
        ["userId"] = user.Id,
        ["ipAddress"] = session.IpAddress,
        ["start"] = session.SignedInAt.ToUnixTimeMilliseconds(),
        ["lastAccess"] = session.LastSeenAt.ToUnixTimeMilliseconds(),
        ["clients"] = new JsonObject(session.Clients.Select(client =>
            KeyValuePair.Create<string, JsonNode?>(realm.FindAnyClient(client.ClientId)?.Key ?? client.ClientId, client.ClientId))),
    };

    private static JsonObject Show(CredentialDocument credential) => new()
    {
        ["id"] = credential.Id,
        ["type"] = credential.Type,
        ["userLabel"] = credential.UserLabel,
        ["createdDate"] = credential.CreatedDate,
    };

    private static JsonObject Show(Consent consent) => new()
    {
        ["clientId"] = consent.ClientId,
        ["grantedClientScopes"] = new JsonArray([.. consent.Scopes.Select(scope => (JsonNode)scope)]),
        ["createdDate"] = consent.GrantedAt.ToUnixTimeMilliseconds(),
        ["lastUpdatedDate"] = consent.ChangedAt.ToUnixTimeMilliseconds(),
    };
}
