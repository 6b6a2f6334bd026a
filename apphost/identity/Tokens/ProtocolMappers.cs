using System.Text.Json.Nodes;
using Platform.Identity.Realms;

namespace Platform.Identity.Tokens;

/// <summary>Keycloak's protocol mappers: the realm file says with them which claims a token carries.</summary>
internal static class ProtocolMappers
{
    private static readonly Dictionary<string, Action<ClaimSource, MapperConfig, MappedClaims>> Known = new(StringComparer.Ordinal)
    {
        ["oidc-sub-mapper"] = (_, _, _) => { },
        ["oidc-acr-mapper"] = (source, config, claims) => claims.Set(config, "acr", source.Notes.GetValueOrDefault(SessionNotes.Level, "1")),
        ["oidc-amr-mapper"] = Methods,
        ["oidc-usermodel-attribute-mapper"] = Attribute,
        ["oidc-usermodel-property-mapper"] = Attribute,
        ["oidc-full-name-mapper"] = FullName,
        ["oidc-usersessionmodel-note-mapper"] = Note,
        ["oidc-hardcoded-claim-mapper"] = Hardcoded,
        ["oidc-usermodel-realm-role-mapper"] = RealmRoles,
        ["oidc-usermodel-client-role-mapper"] = ClientRoles,
        ["oidc-audience-mapper"] = Audience,
        ["oidc-audience-resolve-mapper"] = AudienceOfRoles,
        ["oidc-allowed-origins-mapper"] = AllowedOrigins,
        ["oidc-organization-membership-mapper"] = Organization,
    };

    public static bool Knows(string type) => Known.ContainsKey(type);

    public static MappedClaims Map(ClaimSource source)
    {
        var claims = new MappedClaims();
        var mappers = source.Scopes.Scopes.SelectMany(scope => scope.ProtocolMappers).Concat(source.Client.Document.ProtocolMappers);
        foreach (var mapper in mappers)
            if (Known.TryGetValue(mapper.Type, out var map)) map(source, new MapperConfig(mapper.Config), claims);
        return claims;
    }

    private static void Methods(ClaimSource source, MapperConfig config, MappedClaims claims)
    {
        if (source.Notes.GetValueOrDefault(SessionNotes.Methods) is { Length: > 0 } methods)
            claims.Set(config, "amr", new JsonArray([.. methods.Split(' ').Select(method => (JsonNode)method)]));
    }

    private static void Write(MapperConfig config, MappedClaims claims, IEnumerable<string> values)
    {
        if (config.ClaimName is { } name && config.Typed(values) is { } value) claims.Set(config, name, value);
    }

    private static void Attribute(ClaimSource source, MapperConfig config, MappedClaims claims)
    {
        var values = source.User.Attribute(config.Text("user.attribute") ?? "");
        if (values.Count > 0) Write(config, claims, values);
    }

    private static void FullName(ClaimSource source, MapperConfig config, MappedClaims claims)
    {
        if (source.User.FullName.Length > 0) claims.Set(config, "name", source.User.FullName);
    }

    private static void Note(ClaimSource source, MapperConfig config, MappedClaims claims)
    {
        if (source.Notes.TryGetValue(config.Text("user.session.note") ?? "", out var note)) Write(config, claims, [note]);
    }

    private static void Hardcoded(ClaimSource source, MapperConfig config, MappedClaims claims) =>
        Write(config, claims, [config.Text("claim.value") ?? ""]);

    private static void RealmRoles(ClaimSource source, MapperConfig config, MappedClaims claims)
    {
        if (source.Roles.Realm.Count > 0) Write(config, claims, source.Roles.Realm.Order(StringComparer.Ordinal));
    }

    private static void ClientRoles(ClaimSource source, MapperConfig config, MappedClaims claims)
    {
        var only = config.Text("usermodel.clientRoleMapping.clientId");
        foreach (var (client, roles) in source.Roles.Clients)
        {
            if (only is not null && only != client) continue;
            var path = config.ClaimName?.Replace("${client_id}", client.Replace(".", "\\.", StringComparison.Ordinal), StringComparison.Ordinal);
            if (path is not null && config.Typed(roles.Order(StringComparer.Ordinal)) is { } value) claims.Set(config, path, value);
        }
    }

    private static void Audience(ClaimSource source, MapperConfig config, MappedClaims claims)
    {
        if (config.InAccessToken && (config.Text("included.client.audience") ?? config.Text("included.custom.audience")) is { } audience)
            claims.Audiences.Add(audience);
    }

    private static void AudienceOfRoles(ClaimSource source, MapperConfig config, MappedClaims claims) =>
        claims.Audiences.UnionWith(source.Roles.Clients.Keys.Where(client => client != source.Client.Id));

    private static void AllowedOrigins(ClaimSource source, MapperConfig config, MappedClaims claims)
    {
        if (source.Client.WebOrigins.Count > 0)
            claims.Set(config, "allowed-origins", new JsonArray([.. source.Client.WebOrigins.Select(origin => (JsonNode)origin)]));
    }

    private static void Organization(ClaimSource source, MapperConfig config, MappedClaims claims)
    {
        var organizations = source.User.Organizations.Where(organization => Wanted(source.Scopes.Requested, organization)).ToList();
        if (organizations.Count == 0) return;
        var detailed = config.Flag("addOrganizationId") || config.Flag("addOrganizationAttributes");
        claims.Set(config, config.ClaimName ?? "organization", detailed
            ? new JsonObject(organizations.Select(organization => KeyValuePair.Create<string, JsonNode?>(Alias(organization), Details(organization, config))))
            : new JsonArray([.. organizations.Select(organization => (JsonNode)Alias(organization))]));
    }

    // "organization:acme" narrows the token to one organization of a person who belongs to several.
    private static bool Wanted(string requested, OrganizationDocument organization)
    {
        var named = requested.Split(' ').Where(scope => scope.StartsWith("organization:", StringComparison.Ordinal)).ToList();
        return named.Count == 0 || named.Contains("organization:*") || named.Contains($"organization:{Alias(organization)}");
    }

    private static JsonObject Details(OrganizationDocument organization, MapperConfig config)
    {
        var details = new JsonObject();
        if (config.Flag("addOrganizationId")) details["id"] = organization.Id;
        if (!config.Flag("addOrganizationAttributes")) return details;
        foreach (var (name, values) in organization.Attributes)
            details[name] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
        return details;
    }

    private static string Alias(OrganizationDocument organization) => organization.Alias ?? organization.Name;
}
