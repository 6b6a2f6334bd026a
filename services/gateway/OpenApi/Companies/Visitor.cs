using System.Net.Http.Headers;
using Grpc.Core;
using Platform.Access;
using Platform.Gateway.Sessions.Requests;
using Platform.Invocation;
using Platform.Tenancy;

namespace Platform.Gateway.OpenApi.Companies;

/// <summary>Somebody with a company who reads the document.</summary>
/// <param name="Bearer">Access token or key.</param>
/// <param name="Tenant">The company that a service account or a support person works for; null for everybody else.</param>
/// <param name="Language">First language of the request.</param>
internal sealed record Visitor(string Bearer, string? Tenant, string Language)
{
    private const string Scheme = "Bearer ";

    /// <summary>By a token of its own, or by the session of its cookie; null where there is neither, or no company.</summary>
    public static async ValueTask<Visitor?> OfAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return OfToken(context, header[Scheme.Length..]);
        if (CurrentSession.Of(context) is not { Session: { Organization: not null } session } current)
            return null;
        var outcome = await context.RequestServices.GetRequiredService<AccessTokens>().GetAsync(current.Id.Key, session);
        return outcome is TokenOutcome.Valid valid ? new Visitor(valid.Token, null, LanguageOf(context)) : null;
    }

    /// <summary>What a call in the visitor's name carries.</summary>
    public Metadata ToMetadata()
    {
        var metadata = new Metadata { { "dapr-app-id", DaprNames.Metadata }, { "authorization", Scheme + Bearer } };
        if (Tenant is not null)
            metadata.Add(Caller.TenantHeader, Tenant);
        return metadata;
    }

    private static Visitor? OfToken(HttpContext context, string token)
    {
        if (TokenClaims.OrganizationOf(context.User) is not null)
            return new Visitor(token, null, LanguageOf(context));
        var names = TokenClaims.IsServiceAccount(context.User) || TokenClaims.IsSupport(context.User);
        return names && context.Request.Headers[Caller.TenantHeader].ToString() is { Length: > 0 } tenant ? new Visitor(token, tenant, LanguageOf(context)) : null;
    }

    private static string LanguageOf(HttpContext context) =>
        StringWithQualityHeaderValue.TryParse(context.Request.Headers.AcceptLanguage.ToString().Split(',')[0], out var language) ? language.Value : "";
}
