namespace Platform.Gateway.Edge;

/// <summary>Which web pages may call, from <c>Cors:Origins</c>.</summary>
internal static class Cors
{
    private static readonly string[] DefaultOrigins = ["http://localhost:3000", "http://localhost:8000"];

    private static readonly string[] ReadableHeaders =
        [ResponseHeadersMiddleware.RequestId, "ETag", "Location", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "WWW-Authenticate"];

    public static IServiceCollection AddGatewayCors(this IServiceCollection services, IConfiguration configuration) => services.AddCors(cors =>
        cors.AddDefaultPolicy(policy => policy
            .WithOrigins(configuration.GetSection("Cors:Origins").Get<string[]>() ?? DefaultOrigins)
            .AllowAnyMethod()
            .AllowAnyHeader()
            .WithExposedHeaders(ReadableHeaders)
            .SetPreflightMaxAge(TimeSpan.FromHours(1))));
}
