using System.Text.Json.Nodes;
using Platform.Identity.Brokering;
using Platform.Identity.Realms;
using static Platform.Identity.Admin.AdminAnswers;

namespace Platform.Identity.Admin;

/// <summary>Keycloak's <c>/identity-provider/instances</c>, their link to organizations, and the people who are connected.</summary>
internal sealed class IdentityProvidersApi(Realm realm, RealmStore store, ProviderRules rules, TimeProvider time)
{
    // What Keycloak shows in place of a secret, and takes for "as it was".
    private const string Mask = "**********";
    private const string Secret = "clientSecret";

    private static readonly string[] Settable = ["displayName", "providerId", "enabled", "trustEmail", "linkOnly", "config"];
    private static readonly string[] SettableOnce = [.. Settable, "alias"];

    public IResult List(HttpContext http) =>
        AdminAnswers.List(realm.AllProviders.OrderBy(provider => provider.Alias, StringComparer.Ordinal), http, Show);

    public IResult Get(string alias) => realm.FindAnyProvider(alias) is { } provider ? One(Show(provider)) : NotFound("Identity provider");

    public async Task<IResult> Create(HttpContext http)
    {
        if (await AdminBody.ReadObjectAsync(http) is not { } body || body.Text("alias") is not { } alias) return Bad("Alias is missing");
        var fresh = new IdentityProviderDocument { Alias = alias, InternalId = Guid.CreateVersion7(time.GetUtcNow()).ToString() };
        if (AdminBody.Merge(fresh, body, SettableOnce) is not { } provider) return Bad("A value is of the wrong kind.");
        if (rules.Refuse(provider) is { } refusal) return Bad(refusal);
        return await store.PutProviderAsync(provider, isNew: true, http.RequestAborted)
            ? Created(http, $"{http.Request.Path}/{alias}")
            : Conflict($"Identity Provider {alias} already exists");
    }

    public async Task<IResult> Update(HttpContext http, string alias)
    {
        if (realm.FindAnyProvider(alias) is not { } former) return NotFound("Identity provider");
        if (await AdminBody.ReadObjectAsync(http) is not { } body || AdminBody.Merge(former, body, Settable) is not { } changed) return Bad("A value is of the wrong kind.");
        var kept = changed.Config.GetValueOrDefault(Secret) == Mask ? changed with { Config = With(changed.Config, Secret, former.ClientSecret) } : changed;
        // Connections are of people at one server: they are not taken along to another.
        if (former.Authority != kept.Authority && realm.AllUsers.Any(user => user.Profile.FederatedIdentities.Any(link => link.IdentityProvider == alias)))
            return Bad("The issuer cannot be changed while people are connected: remove the provider and make another.");
        if (rules.Refuse(kept) is { } refusal) return Bad(refusal);
        await store.PutProviderAsync(kept, isNew: false, http.RequestAborted);
        return Results.NoContent();
    }

    public async Task<IResult> Delete(HttpContext http, string alias) =>
        await store.RemoveProviderAsync(alias, http.RequestAborted) ? Results.NoContent() : NotFound("Identity provider");

    public IResult Mappers(HttpContext http, string alias) => realm.FindAnyProvider(alias) is { } provider
        ? AdminAnswers.List(provider.Mappers, http, AdminBody.Show)
        : NotFound("Identity provider");

    public async Task<IResult> AddMapper(HttpContext http, string alias)
    {
        if (realm.FindAnyProvider(alias) is not { } provider) return NotFound("Identity provider");
        if (await AdminBody.ReadObjectAsync(http) is not { } body || body.Text("name") is not { } name) return Bad("Name is missing");
        var fresh = new IdentityProviderMapperDocument { Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(), Name = name, IdentityProviderAlias = alias };
        if (AdminBody.Merge(fresh, body, "identityProviderMapper", "config") is not { } mapper || mapper.IdentityProviderMapper != KnownMapper(provider))
            return Bad($"The mapper {KnownMapper(provider)} is known here.");
        await store.PutProviderAsync(provider with { Mappers = [.. provider.Mappers, mapper] }, isNew: false, http.RequestAborted);
        return Created(http, $"{http.Request.Path}/{mapper.Id}");
    }

    public async Task<IResult> RemoveMapper(HttpContext http, string alias, string id)
    {
        if (realm.FindAnyProvider(alias) is not { } provider || provider.Mappers.All(mapper => mapper.Id != id)) return NotFound("Mapper");
        await store.PutProviderAsync(provider with { Mappers = [.. provider.Mappers.Where(mapper => mapper.Id != id)] }, isNew: false, http.RequestAborted);
        return Results.NoContent();
    }

    public IResult OfOrganization(HttpContext http, string id) => realm.FindOrganization(id) is null
        ? NotFound("Organization")
        : AdminAnswers.List(realm.AllProviders.Where(provider => provider.OrganizationId == id), http, Show);

    public IResult GetOfOrganization(string id, string alias) =>
        realm.FindAnyProvider(alias) is { } provider && provider.OrganizationId == id ? One(Show(provider)) : NotFound("Identity provider");

    /// <summary>The body is the alias, bare or as a JSON text.</summary>
    public async Task<IResult> Link(HttpContext http, string id)
    {
        if (realm.FindOrganization(id) is null) return NotFound("Organization");
        using var reader = new StreamReader(http.Request.Body);
        var alias = (await reader.ReadToEndAsync(http.RequestAborted)).Trim().Trim('"');
        if (realm.FindAnyProvider(alias) is not { } provider) return NotFound("Identity provider");
        if (provider.OrganizationId is { } taken && taken != id) return Bad("Identity provider already associated to another organization");
        await store.PutProviderAsync(provider with { OrganizationId = id }, isNew: false, http.RequestAborted);
        return Results.NoContent();
    }

    /// <summary>A provider that is taken from its organization is switched off: without one it could speak for anybody.</summary>
    public async Task<IResult> Unlink(HttpContext http, string id, string alias)
    {
        if (realm.FindAnyProvider(alias) is not { } provider || provider.OrganizationId != id) return NotFound("Identity provider");
        await store.PutProviderAsync(provider with { OrganizationId = null, Enabled = false }, isNew: false, http.RequestAborted);
        return Results.NoContent();
    }

    public IResult LinksOf(HttpContext http, string userId) => realm.FindAnyUser(userId) is { } user
        ? AdminAnswers.List(user.Profile.FederatedIdentities, http, AdminBody.Show)
        : NotFound("User");

    public async Task<IResult> RemoveLink(HttpContext http, string userId, string alias) =>
        await store.ChangeUserAsync(userId, profile => profile.FederatedIdentities.Any(link => link.IdentityProvider == alias)
            ? profile with { FederatedIdentities = [.. profile.FederatedIdentities.Where(link => link.IdentityProvider != alias)] }
            : null, http.RequestAborted) is null ? NotFound("Link") : Results.NoContent();

    private static string KnownMapper(IdentityProviderDocument provider) =>
        provider.IsSaml ? IdentityProviderMapperDocument.SamlAttributeMapper : IdentityProviderMapperDocument.AttributeMapper;

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> config, string key, string? value)
    {
        var changed = new Dictionary<string, string>(config, StringComparer.Ordinal);
        if (value is null) changed.Remove(key);
        else changed[key] = value;
        return changed;
    }

    private static JsonObject Show(IdentityProviderDocument provider)
    {
        var shown = AdminBody.Show(provider.ClientSecret is null ? provider : provider with { Config = With(provider.Config, Secret, Mask) });
        shown.Remove("mappers");
        return shown;
    }
}
