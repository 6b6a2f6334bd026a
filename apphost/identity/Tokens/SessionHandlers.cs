using OpenIddict.Abstractions;
using OpenIddict.Server;
using Platform.Identity.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers.Protection;

namespace Platform.Identity.Tokens;

/// <summary>Finds the database entry of an access token, whose id is its <c>jti</c>.</summary>
internal sealed class RestoreTokenEntryId : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .UseSingletonHandler<RestoreTokenEntryId>()
            .SetOrder(MapInternalClaims.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal is { } principal && principal.HasTokenType(TokenTypeIdentifiers.AccessToken))
            principal.SetTokenId(principal.GetClaim(Claims.JwtId));
        return ValueTask.CompletedTask;
    }
}

/// <summary>A token of a session that has ended is worth nothing, whether it is refreshed, introspected or shown for user info.</summary>
internal sealed class RequireLiveSession(SessionStore sessions, IHttpContextAccessor accessor) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .UseScopedHandler<RequireLiveSession>()
            .SetOrder(ValidateAuthorizationEntry.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        // An old identity token may still say whom to sign out.
        if (context.Principal is not { } principal || principal.HasTokenType(TokenTypeIdentifiers.IdentityToken)) return;
        if (principal.GetClaim(TokenPrincipal.SessionId) is not { } sessionId) return;
        var cancellationToken = accessor.HttpContext?.RequestAborted ?? CancellationToken.None;
        if (await sessions.FindAsync(sessionId, cancellationToken) is null)
            context.Reject(Errors.InvalidToken, "The session that the token belongs to has ended.");
    }
}

/// <summary>Identity tokens are proofs of a moment and need no entry in the database.</summary>
internal sealed class SkipIdentityTokenEntry : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .UseSingletonHandler<SkipIdentityTokenEntry>()
            .SetOrder(int.MinValue + 50_000)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType == TokenTypeIdentifiers.IdentityToken) context.CreateTokenEntry = false;
        return ValueTask.CompletedTask;
    }
}

/// <summary>With a refresh token goes all that came of the same sign-in, access tokens too (RFC 7009 §2.1); Keycloak ends the application's part of the session.</summary>
internal sealed class RevokeFamily(IOpenIddictTokenManager tokens, IHttpContextAccessor accessor) : IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleRevocationRequestContext>()
            .UseScopedHandler<RevokeFamily>()
            .SetOrder(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        if (!context.GenericTokenPrincipal.HasTokenType(TokenTypeIdentifiers.RefreshToken) || context.GenericTokenPrincipal.GetAuthorizationId() is not { } family) return;
        await tokens.RevokeByAuthorizationIdAsync(family, accessor.HttpContext?.RequestAborted ?? CancellationToken.None);
    }
}

/// <summary>As in Keycloak, whoever signs in gets a refresh token for as long as the session lives, asked for or not.</summary>
internal sealed class RefreshWithinSession : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseSingletonHandler<RefreshWithinSession>()
            .SetOrder(OpenIddictServerHandlers.EvaluateGeneratedTokens.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType == OpenIddictServerEndpointType.Token && context.Principal?.HasClaim(TokenPrincipal.SessionId) is true)
            context.GenerateRefreshToken = context.IncludeRefreshToken = true;
        return ValueTask.CompletedTask;
    }
}
