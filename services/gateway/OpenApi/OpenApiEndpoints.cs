using Grpc.Core;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Net.Http.Headers;
using Platform.Errors;
using Platform.Gateway.Forwarding;
using Platform.Gateway.OpenApi.Companies;
using Platform.Gateway.OpenApi.Pages;
using Platform.Gateway.Sessions.Requests;

namespace Platform.Gateway.OpenApi;

/// <summary>The contract for everybody, and for those who say who they are with what their company has added to it.</summary>
internal static class OpenApiEndpoints
{
    /// <summary>Where the document is.</summary>
    public const string Document = "/openapi/v1.json";

    private static readonly AuthorizationPolicy Anyone = new AuthorizationPolicyBuilder(JwtBearerDefaults.AuthenticationScheme).RequireAuthenticatedUser().Build();

    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddSingleton<BuiltInDocument>();
        services.AddSingleton<CompanyDocuments>();
        services.AddSingleton<DocsPage>();
    }

    public static void MapOpenApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Document, ReadAsync).AllowAnonymous().WithMetadata(new UsesSession(Guarded: false));
        endpoints.MapGet(DocsPage.Path, (HttpContext context, DocsPage page) => page.WriteAsync(context)).DisableRateLimiting();
        endpoints.MapGet($"{DocsPage.Path}/start.js", (HttpContext context, DocsPage page) => page.WriteStartAsync(context)).DisableRateLimiting();
        endpoints.MapGet($"{DocsPage.Path}/scalar.js", (HttpContext context, DocsPage page) => page.WriteScalarAsync(context)).DisableRateLimiting();
    }

    private static async Task ReadAsync(HttpContext context, BuiltInDocument builtIn, CompanyDocuments companies, IAuthorizationMiddlewareResultHandler denials)
    {
        // A token that is none of ours is no reason to show less without a word.
        if (context.Request.Headers.Authorization.Count > 0 && context.User.Identity?.IsAuthenticated is not true)
        {
            await denials.HandleAsync(_ => Task.CompletedTask, context, Anyone, PolicyAuthorizationResult.Challenge());
            return;
        }

        try
        {
            var visitor = await Visitor.OfAsync(context);
            await SendAsync(context, visitor is null ? builtIn.Text : await companies.OfAsync(visitor, context.RequestAborted));
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            await Failures.RespondAsync(context, Failures.Unavailable);
        }
        catch (RpcException exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            await Problems.WriteAsync(context, exception.ToProblem());
        }
    }

    private static async Task SendAsync(HttpContext context, OpenApiText text)
    {
        var headers = context.Response.Headers;
        headers.ETag = text.Tag;
        headers.CacheControl = "private, no-cache";
        headers.Append(HeaderNames.Vary, "Authorization, Cookie, Accept-Language");
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(EntityTagHeaderValue.Parse(text.Tag), useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(text.Bytes, context.RequestAborted);
    }
}
