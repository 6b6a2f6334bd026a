using Microsoft.IdentityModel.Tokens;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using Platform.Identity.Data;
using Platform.Identity.Realms;
using Platform.Identity.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Hosting;

/// <summary>Makes OpenIddict serve Keycloak's paths and claims for the realm.</summary>
internal static class OpenIddictSetup
{
    public static void AddRealmServer(
        this IServiceCollection services, Realm realm, RealmAddresses addresses, IdentityOptions options, TokenKeys keys) =>
        services.AddOpenIddict()
            .AddCore(core =>
            {
                core.UseEntityFrameworkCore().UseDbContext<IdentityDbContext>();
                core.ReplaceApplicationManager<OpenIddictEntityFrameworkCoreApplication, RealmApplicationManager>();
            })
            .AddServer(server =>
            {
                MapEndpoints(server, addresses);
                AllowFlows(server, realm, options);
                SetLifetimes(server, realm);
                ShapeTokens(server, keys);
                AddHandlers(server);
                var host = server.UseAspNetCore()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableTokenEndpointPassthrough()
                    .EnableUserInfoEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough()
                    .EnableErrorPassthrough();
                if (!options.IsHttps) host.DisableTransportSecurityRequirement();
            });

    private static void MapEndpoints(OpenIddictServerBuilder server, RealmAddresses addresses) => server
        .SetIssuer(addresses.Issuer)
        .SetConfigurationEndpointUris(addresses.Discovery, addresses.AuthorizationServerMetadata)
        .SetJsonWebKeySetEndpointUris(addresses.Certificates)
        .SetAuthorizationEndpointUris(addresses.Authorization)
        .SetTokenEndpointUris(addresses.Token)
        .SetIntrospectionEndpointUris(addresses.Introspection)
        .SetUserInfoEndpointUris(addresses.UserInfo)
        .SetEndSessionEndpointUris(addresses.EndSession)
        .SetRevocationEndpointUris(addresses.Revocation);

    private static void AllowFlows(OpenIddictServerBuilder server, Realm realm, IdentityOptions options)
    {
        server.AllowAuthorizationCodeFlow().AllowClientCredentialsFlow().AllowRefreshTokenFlow();
        if (options.AllowDirectGrant) server.AllowPasswordFlow();
        if (!realm.Settings.RevokeRefreshToken) server.DisableRollingRefreshTokens();
        // Which scopes a client may ask for stands in the realm file (GrantedScopes).
        server.DisableScopeValidation().IgnoreScopePermissions();
        server.RegisterScopes([.. realm.Settings.ClientScopes.Where(scope => scope.IncludedInToken).Select(scope => scope.Name)]);
        server.RegisterClaims([.. MappedClaimNames(realm)]);
        server.Configure(settings => settings.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain));
    }

    private static void SetLifetimes(OpenIddictServerBuilder server, Realm realm) => server
        .SetAccessTokenLifetime(TimeSpan.FromSeconds(realm.Settings.AccessTokenLifespan))
        .SetIdentityTokenLifetime(TimeSpan.FromSeconds(realm.Settings.AccessTokenLifespan))
        .SetAuthorizationCodeLifetime(TimeSpan.FromSeconds(realm.Settings.AccessCodeLifespan))
        .SetRefreshTokenLifetime(TimeSpan.FromSeconds(realm.Settings.SsoSessionIdleTimeout))
        .SetRefreshTokenReuseLeeway(TimeSpan.Zero);

    private static void ShapeTokens(OpenIddictServerBuilder server, TokenKeys keys)
    {
        server.DisableAccessTokenEncryption().UseReferenceRefreshTokens();
        server.AddSigningCredentials(new SigningCredentials(keys.Signing, SecurityAlgorithms.RsaSha256));
        server.AddEncryptionKey(keys.Encryption);
        server.Configure(settings =>
        {
            settings.JsonWebTokenHandler = new KeycloakTokenHandler { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
            var validation = settings.TokenValidationParameters;
            validation.TypeValidator = KeycloakTokenHandler.Recognize(validation.TypeValidator);
        });
    }

    private static void AddHandlers(OpenIddictServerBuilder server) => server
        .AddEventHandler(RestoreTokenEntryId.Descriptor)
        .AddEventHandler(RequireLiveSession.Descriptor)
        .AddEventHandler(SkipIdentityTokenEntry.Descriptor)
        .AddEventHandler(RefreshWithinSession.Descriptor)
        .AddEventHandler(RevokeFamily.Descriptor)
        .AddEventHandler(LogoutMetadata.Descriptor)
        .AddEventHandler(PlainErrors.Descriptor);

    private static IEnumerable<string> MappedClaimNames(Realm realm) => realm.Settings.ClientScopes
        .SelectMany(scope => scope.ProtocolMappers)
        .Select(mapper => new MapperConfig(mapper.Config).ClaimName?.Split('.')[0])
        .OfType<string>()
        .Distinct();
}
