using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Platform.Errors;

namespace Platform.Access;

/// <summary>Answers a refused request with a typed error instead of an empty 401 or 403.</summary>
internal sealed class DenialHandler : IAuthorizationMiddlewareResultHandler
{
    private static readonly Error Unauthenticated =
        new(Google.Rpc.Code.Unauthenticated, "UNAUTHENTICATED", "Send a valid access token: 'Authorization: Bearer …'. It is missing, expired, or not for this platform.");

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);
        if (authorizeResult.Challenged)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.RespondAsync(context, Unauthenticated);
        }

        return Problems.RespondAsync(context, Error.PermissionDenied(context.GetEndpoint()?.Metadata.GetMetadata<PermissionAttribute>()?.Permission ?? "none"));
    }
}
