using System.Collections.Frozen;
using System.Security.Claims;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.Access.ApiKeys;
using Platform.Access.ExternalApps;
using Platform.Auditing;
using Platform.Errors;
using Platform.Tenancy;
using static Platform.Languages.Wording;

namespace Platform.Access;

/// <summary>
/// Makes the caller of the request from the validated token. A person's tenant is the one of the organization claim; only a
/// service account, which has no organization, and a support person name their tenant in the call's metadata.
/// </summary>
internal sealed class CallerMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, Caller caller, AccessDirectory directory, ExternalAppDirectory apps, AuditOrigin origin)
    {
        origin.Comes(context);
        if (context.User.Identity is { IsAuthenticated: true } && Token(context) is { } token)
        {
            try
            {
                if (await SignInAsync(context, caller, directory, apps, token) is { } refusal)
                {
                    await Problems.RespondAsync(context, refusal);
                    return;
                }
            }
            catch (RpcException exception)
            {
                await Problems.RespondAsync(context, Unavailable(exception));
                return;
            }
        }

        await next(context);
    }

    private static async ValueTask<Error?> SignInAsync(HttpContext context, Caller caller, AccessDirectory directory, ExternalAppDirectory apps, string token)
    {
        var subject = context.User.FindFirstValue("sub") ?? "";
        if (context.User.Identity!.AuthenticationType == ApiKeyHandler.SchemeName)
            caller.SignIn(TokenClaims.OrganizationOf(context.User), subject, token, PermissionsOf(context.User), context.Features.Get<TenantStanding>() ?? TenantStanding.Usual);
        else if (TokenClaims.OrganizationOf(context.User) is { } tenant)
            return await SignInPersonAsync(context, caller, directory, apps, tenant, token);
        else if (TokenClaims.IsServiceAccount(context.User))
            caller.SignIn(CallerKind.Service, NamedTenant(context), subject, token, TokenClaims.ServicePermissionsOf(context.User), NamedPerson(context));
        else if (TokenClaims.IsSupport(context.User) && NamedTenant(context) is { } supported)
            SignInSupport(context, caller, supported, subject, token, await directory.GetAsync(supported, subject, token, context.RequestAborted));
        else
            caller.SignIn(CallerKind.Person, null, subject, token, FrozenSet<string>.Empty);
        return null;
    }

    private static async ValueTask<Error?> SignInPersonAsync(
        HttpContext context, Caller caller, AccessDirectory directory, ExternalAppDirectory apps, Guid tenant, string token)
    {
        // First whether the token still holds: access is asked with it.
        var app = await apps.FindAsync(context.User, tenant, token, context.RequestAborted);
        if (app.IsError)
            return app.Error;
        var subject = context.User.FindFirstValue("sub") ?? "";
        var access = await directory.GetAsync(tenant, subject, token, context.RequestAborted);
        caller.SignIn(tenant, subject, token, access, app.Value.Narrow(TokenClaims.Granted(context.User, access.Permissions)));
        return null;
    }

    // What the cache knows may be over by now.
    private static void SignInSupport(HttpContext context, Caller caller, Guid tenant, string subject, string token, PersonAccess access) => caller.SignInSupport(
        tenant, subject, token, TokenClaims.SupportRole, access.IsSupport(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()) ? access : null);

    private static FrozenSet<string> PermissionsOf(ClaimsPrincipal machine) =>
        machine.FindAll(ApiKeyHandler.PermissionClaim).Select(claim => claim.Value).ToFrozenSet(StringComparer.Ordinal);

    private static Guid? NamedTenant(HttpContext context) =>
        Guid.TryParse(context.Request.Headers[Caller.TenantHeader], out var tenant) ? tenant : null;

    private static string NamedPerson(HttpContext context) =>
        Guid.TryParse(context.Request.Headers[Caller.OnBehalfOfHeader], out var person) ? person.ToString() : "";

    private static string? Token(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is { Length: > 7 } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..] : null;

    private static Error Unavailable(RpcException exception) =>
        new(Google.Rpc.Code.Unavailable, "ACCESS_UNAVAILABLE", Say($"Your permissions cannot be checked right now ({exception.StatusCode}): try again in a moment."));
}
