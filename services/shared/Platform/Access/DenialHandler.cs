using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Access.ApiKeys;
using Platform.Errors;
using Platform.Tenancy;
using static Platform.Languages.Wording;

namespace Platform.Access;

/// <summary>Answers a refused request with a typed error instead of an empty 401 or 403.</summary>
internal sealed class DenialHandler : IAuthorizationMiddlewareResultHandler
{
    // Endpoints of the framework that say no by themselves; their name is all they can be known by.
    private const string MethodNotAllowed = "405 HTTP Method Not Supported";
    private const string UnknownCall = "gRPC - Unimplemented";

    private static readonly Error NoRoute = new(Google.Rpc.Code.NotFound, "NOT_FOUND", "There is nothing at this address.");

    private static readonly Error Unauthenticated =
        new(Google.Rpc.Code.Unauthenticated, "UNAUTHENTICATED", "Send a valid access token or API key: 'Authorization: Bearer …'. It is missing, expired, or not for this platform.");

    private static readonly Error NoMember =
        new(Google.Rpc.Code.PermissionDenied, "PERMISSION_DENIED", "This is for the members of the company, each for themselves: sign in to a company that you are a member of.");

    private static readonly Error IdentityUnavailable =
        new(Google.Rpc.Code.Unavailable, "IDENTITY_UNAVAILABLE", "The identity server cannot be reached, so no token can be checked right now: try again in a moment.");

    private static Error KeysUnavailable(ApiKeysUnavailable reason) =>
        new(Google.Rpc.Code.Unavailable, "ACCESS_UNAVAILABLE", Say($"Your API key cannot be checked right now ({reason.Status}): try again in a moment."));

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);
        if (authorizeResult.Challenged)
            return ChallengeAsync(context);
        return context.GetEndpoint() switch
        {
            { DisplayName: MethodNotAllowed } refusal => RefuseMethodAsync(context, refusal),
            { DisplayName: { } name } refusal when name.StartsWith(UnknownCall, StringComparison.Ordinal) => refusal.RequestDelegate!(context),
            var endpoint => Problems.RespondAsync(context, Refusal(context, endpoint)),
        };
    }

    private static async Task ChallengeAsync(HttpContext context)
    {
        if (context.Features.Get<ApiKeysUnavailable>() is { } unavailable)
        {
            context.Response.Headers.RetryAfter = "2";
            await Problems.RespondAsync(context, KeysUnavailable(unavailable));
            return;
        }

        if (!ApiKeyText.IsIn(context.Request) && await AreKeysMissingAsync(context))
        {
            context.Response.Headers.RetryAfter = "2";
            await Problems.RespondAsync(context, IdentityUnavailable);
            return;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        await Problems.RespondAsync(context, Unauthenticated);
    }

    // A token that could not be checked says nothing about the caller, whom a 401 would sign out.
    private static async Task<bool> AreKeysMissingAsync(HttpContext context)
    {
        if ((await context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme)).Failure is null)
            return false;
        try
        {
            var options = context.RequestServices.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(JwtBearerDefaults.AuthenticationScheme);
            await options.ConfigurationManager!.GetConfigurationAsync(context.RequestAborted);
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static async Task RefuseMethodAsync(HttpContext context, Endpoint refusal)
    {
        await refusal.RequestDelegate!(context);
        await Problems.WriteAsync(context, Problems.Create(StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED", Say($"This address takes {context.Response.Headers.Allow}.")));
    }

    // The gateway, which has no caller, asks for no permission.
    private static Error Refusal(HttpContext context, Endpoint? endpoint) => endpoint is null
        ? NoRoute
        : endpoint.Metadata.GetMetadata<AnyMemberAttribute>() is { MembersOnly: true } && context.RequestServices.GetService<Caller>() is not { Standing.IsSuspended: true }
        ? NoMember
        : (context.RequestServices.GetService<Caller>()?.Standing ?? TenantStanding.Usual).Refusal(endpoint.Metadata.GetMetadata<PermissionAttribute>()?.Permission ?? "none");
}
