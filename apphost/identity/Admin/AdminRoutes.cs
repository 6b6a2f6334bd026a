using Platform.Identity.Hosting;

namespace Platform.Identity.Admin;

/// <summary>The admin API: Keycloak's paths, each with the roles of the realm's management that open it.</summary>
internal static class AdminRoutes
{
    private static readonly string[] ViewUsers = ["view-users", "manage-users"];
    private static readonly string[] ManageUsers = ["manage-users"];
    private static readonly string[] ViewClients = ["view-clients", "manage-clients"];
    private static readonly string[] ManageClients = ["manage-clients"];
    private static readonly string[] ManageOrganizations = ["manage-realm", "manage-organizations"];
    private static readonly string[] ViewProviders = ["view-identity-providers", "manage-identity-providers"];
    private static readonly string[] ManageProviders = ["manage-identity-providers"];
    private static readonly string[] ViewEvents = ["view-events", "manage-events"];
    private static readonly string[] ManageEvents = ["manage-events"];

    public static void MapAdmin(this WebApplication app, RealmAddresses addresses)
    {
        var admin = app.MapGroup(addresses.Admin);
        MapOrganizations(admin.MapGroup("/organizations").Require(ManageOrganizations));
        MapUsers(admin.MapGroup("/users"));
        MapClients(admin);
        MapProviders(admin.MapGroup("/identity-provider/instances"));
        var sessions = admin.MapGroup("/sessions").Require(ManageUsers);
        sessions.MapDelete("/{id}", (UserStateApi api, HttpContext http, string id) => api.EndSession(http, id));
        var locks = admin.MapGroup("/attack-detection/brute-force/users").Require(ManageUsers);
        locks.MapGet("/{id}", (UserStateApi api, HttpContext http, string id) => api.Lock(http, id));
        locks.MapDelete("/{id}", (UserStateApi api, HttpContext http, string id) => api.Unlock(http, id));
        admin.MapGet("/events", (EventsApi api, HttpContext http) => api.List(http)).Require(ViewEvents);
        admin.MapDelete("/events", (EventsApi api, HttpContext http) => api.Clear(http)).Require(ManageEvents);
    }

    private static void MapOrganizations(RouteGroupBuilder group)
    {
        group.MapGet("", (OrganizationsApi api, HttpContext http) => api.List(http));
        group.MapPost("", (OrganizationsApi api, HttpContext http) => api.Create(http));
        group.MapGet("/count", (OrganizationsApi api) => api.Count());
        group.MapGet("/members/{userId}/organizations", (OrganizationsApi api, HttpContext http, string userId) => api.OrganizationsOf(http, userId));
        group.MapGet("/{id}", (OrganizationsApi api, string id) => api.Get(id));
        group.MapPut("/{id}", (OrganizationsApi api, HttpContext http, string id) => api.Update(http, id));
        group.MapDelete("/{id}", (OrganizationsApi api, HttpContext http, string id) => api.Delete(http, id));
        group.MapGet("/{id}/members", (OrganizationsApi api, HttpContext http, string id) => api.Members(http, id));
        group.MapPost("/{id}/members", (OrganizationsApi api, HttpContext http, string id) => api.AddMember(http, id));
        group.MapGet("/{id}/members/count", (OrganizationsApi api, string id) => api.MemberCount(id));
        group.MapPost("/{id}/members/invite-user", (OrganizationsApi api, HttpContext http, string id) => api.Invite(http, id));
        group.MapPost("/{id}/members/invite-existing-user", (OrganizationsApi api, HttpContext http, string id) => api.InviteExisting(http, id));
        group.MapGet("/{id}/identity-providers", (IdentityProvidersApi api, HttpContext http, string id) => api.OfOrganization(http, id));
        group.MapPost("/{id}/identity-providers", (IdentityProvidersApi api, HttpContext http, string id) => api.Link(http, id));
        group.MapGet("/{id}/identity-providers/{alias}", (IdentityProvidersApi api, string id, string alias) => api.GetOfOrganization(id, alias));
        group.MapDelete("/{id}/identity-providers/{alias}", (IdentityProvidersApi api, HttpContext http, string id, string alias) => api.Unlink(http, id, alias));
        group.MapGet("/{id}/members/{userId}", (OrganizationsApi api, string id, string userId) => api.GetMember(id, userId));
        group.MapDelete("/{id}/members/{userId}", (OrganizationsApi api, HttpContext http, string id, string userId) => api.RemoveMember(http, id, userId));
    }

    private static void MapProviders(RouteGroupBuilder group)
    {
        group.MapGet("", (IdentityProvidersApi api, HttpContext http) => api.List(http)).Require(ViewProviders);
        group.MapPost("", (IdentityProvidersApi api, HttpContext http) => api.Create(http)).Require(ManageProviders);
        group.MapGet("/{alias}", (IdentityProvidersApi api, string alias) => api.Get(alias)).Require(ViewProviders);
        group.MapPut("/{alias}", (IdentityProvidersApi api, HttpContext http, string alias) => api.Update(http, alias)).Require(ManageProviders);
        group.MapDelete("/{alias}", (IdentityProvidersApi api, HttpContext http, string alias) => api.Delete(http, alias)).Require(ManageProviders);
        group.MapGet("/{alias}/mappers", (IdentityProvidersApi api, HttpContext http, string alias) => api.Mappers(http, alias)).Require(ViewProviders);
        group.MapPost("/{alias}/mappers", (IdentityProvidersApi api, HttpContext http, string alias) => api.AddMapper(http, alias)).Require(ManageProviders);
        group.MapDelete("/{alias}/mappers/{id}", (IdentityProvidersApi api, HttpContext http, string alias, string id) => api.RemoveMapper(http, alias, id)).Require(ManageProviders);
    }

    private static void MapUsers(RouteGroupBuilder group)
    {
        group.MapGet("", (UsersApi api, HttpContext http) => api.List(http)).Require(ViewUsers);
        group.MapPost("", (UsersApi api, HttpContext http) => api.Create(http)).Require(ManageUsers);
        group.MapGet("/count", (UsersApi api, HttpContext http) => api.Count(http)).Require(ViewUsers);
        group.MapGet("/{id}", (UsersApi api, string id) => api.Get(id)).Require(ViewUsers);
        group.MapPut("/{id}", (UsersApi api, HttpContext http, string id) => api.Update(http, id)).Require(ManageUsers);
        group.MapDelete("/{id}", (UsersApi api, HttpContext http, string id) => api.Delete(http, id)).Require(ManageUsers);
        group.MapPut("/{id}/reset-password", (UsersApi api, HttpContext http, string id) => api.ResetPassword(http, id)).Require(ManageUsers);
        group.MapPut("/{id}/execute-actions-email", (UsersApi api, HttpContext http, string id) => api.SendActions(http, id)).Require(ManageUsers);
        group.MapPut("/{id}/send-verify-email", (UsersApi api, HttpContext http, string id) => api.SendVerification(http, id)).Require(ManageUsers);
        group.MapPost("/{id}/logout", (UsersApi api, HttpContext http, string id) => api.Logout(http, id)).Require(ManageUsers);
        group.MapGet("/{id}/sessions", (UserStateApi api, HttpContext http, string id) => api.Sessions(http, id)).Require(ViewUsers);
        group.MapGet("/{id}/credentials", (UserStateApi api, HttpContext http, string id) => api.Credentials(http, id)).Require(ViewUsers);
        group.MapDelete("/{id}/credentials/{credential}", (UserStateApi api, HttpContext http, string id, string credential) =>
            api.RemoveCredential(http, id, credential)).Require(ManageUsers);
        group.MapGet("/{id}/federated-identity", (IdentityProvidersApi api, HttpContext http, string id) => api.LinksOf(http, id)).Require(ViewUsers);
        group.MapDelete("/{id}/federated-identity/{alias}", (IdentityProvidersApi api, HttpContext http, string id, string alias) =>
            api.RemoveLink(http, id, alias)).Require(ManageUsers);
        group.MapGet("/{id}/consents", (UserStateApi api, HttpContext http, string id) => api.Consents(http, id)).Require(ViewUsers);
        group.MapDelete("/{id}/consents/{client}", (UserStateApi api, HttpContext http, string id, string client) =>
            api.RevokeConsent(http, id, client)).Require(ManageUsers);
    }

    private static void MapClients(RouteGroupBuilder admin)
    {
        admin.MapGet("/client-scopes", (ClientsApi api, HttpContext http) => api.Scopes(http)).Require(ViewClients);
        var group = admin.MapGroup("/clients");
        group.MapGet("", (ClientsApi api, HttpContext http) => api.List(http)).Require(ViewClients);
        group.MapPost("", (ClientsApi api, HttpContext http) => api.Create(http)).Require(ManageClients);
        group.MapGet("/{key}", (ClientsApi api, string key) => api.Get(key)).Require(ViewClients);
        group.MapPut("/{key}", (ClientsApi api, HttpContext http, string key) => api.Update(http, key)).Require(ManageClients);
        group.MapDelete("/{key}", (ClientsApi api, HttpContext http, string key) => api.Delete(http, key)).Require(ManageClients);
        group.MapGet("/{key}/client-secret", (ClientsApi api, string key) => api.Secret(key)).Require(ManageClients);
        group.MapPost("/{key}/client-secret", (ClientsApi api, HttpContext http, string key) => api.NewSecret(http, key)).Require(ManageClients);
        group.MapGet("/{key}/service-account-user", (ClientsApi api, string key) => api.ServiceAccount(key)).Require(ViewClients);
        MapScopes(group, "default-client-scopes", isDefault: true);
        MapScopes(group, "optional-client-scopes", isDefault: false);
    }

    private static void MapScopes(RouteGroupBuilder group, string name, bool isDefault)
    {
        group.MapGet($"/{{key}}/{name}", (ClientsApi api, HttpContext http, string key) => api.ScopesOf(http, key, isDefault)).Require(ViewClients);
        group.MapPut($"/{{key}}/{name}/{{scope}}", (ClientsApi api, HttpContext http, string key, string scope) =>
            api.SetScope(http, key, scope, isDefault, isGiven: true)).Require(ManageClients);
        group.MapDelete($"/{{key}}/{name}/{{scope}}", (ClientsApi api, HttpContext http, string key, string scope) =>
            api.SetScope(http, key, scope, isDefault, isGiven: false)).Require(ManageClients);
    }

    private static T Require<T>(this T builder, string[] roles)
        where T : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(async (context, next) =>
            await context.HttpContext.RequestServices.GetRequiredService<AdminGuard>().RefuseAsync(context.HttpContext, roles) ?? await next(context));
}
