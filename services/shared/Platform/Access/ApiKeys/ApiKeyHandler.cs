using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Platform.Access.ApiKeys;

/// <summary>Signs a machine in by its key. The identity has the claims that a token of its tenant would have.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyDirectory directory)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme, and the type of its identities.</summary>
    public const string SchemeName = "ApiKey";

    /// <summary>A permission of the key.</summary>
    public const string PermissionClaim = "permission";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!ApiKeyText.TryRead(Request, out var key))
            return AuthenticateResult.Fail("This is no API key.");
        try
        {
            if (await directory.FindAsync(key, Context.RequestAborted) is not { } grant)
                return AuthenticateResult.Fail("There is no such API key.");
            Context.Features.Set(grant.Standing);
            return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(key, grant.Permissions), Scheme.Name));
        }
        catch (RpcException exception)
        {
            Context.Features.Set(new ApiKeysUnavailable(exception.StatusCode));
            return AuthenticateResult.Fail(exception);
        }
    }

    private static ClaimsPrincipal PrincipalOf(ApiKeyText key, IEnumerable<string> permissions) => new(new ClaimsIdentity(
        [
            new Claim("sub", key.Id.ToString()),
            new Claim("organization", string.Create(CultureInfo.InvariantCulture, $$$"""{"tenant":{"id":"{{{key.TenantId}}}"}}""")),
            .. permissions.Select(permission => new Claim(PermissionClaim, permission)),
        ],
        SchemeName));
}

/// <summary>That a key could not be checked, which says nothing about it.</summary>
internal sealed record ApiKeysUnavailable(StatusCode Status);
