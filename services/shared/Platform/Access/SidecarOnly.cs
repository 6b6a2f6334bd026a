using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Access;

/// <summary>Endpoints that only the sidecar may call: it proves itself with APP_API_TOKEN.</summary>
public static class SidecarOnly
{
    /// <summary>Refuses every call without the sidecar's token.</summary>
    public static TBuilder RequireSidecar<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.AllowAnonymous().WithMetadata(new SidecarOnlyMetadata());
        return builder;
    }
}

/// <summary>Marks an endpoint as the sidecar's.</summary>
public sealed class SidecarOnlyMetadata;

internal sealed class SidecarOnlyMiddleware(RequestDelegate next, IConfiguration configuration)
{
    private readonly byte[] _token = Encoding.UTF8.GetBytes(configuration["APP_API_TOKEN"] ?? "");

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<SidecarOnlyMetadata>() is null)
            return next(context);
        var given = Encoding.UTF8.GetBytes(context.Request.Headers["dapr-api-token"].ToString());
        if (_token.Length > 0 && CryptographicOperations.FixedTimeEquals(given, _token))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
