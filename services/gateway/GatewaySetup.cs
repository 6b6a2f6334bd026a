using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Platform.Gateway.Edge;
using Platform.Gateway.Forwarding;
using Platform.Gateway.Limits;
using Platform.Gateway.Live;
using Platform.Gateway.OpenApi;
using Platform.Gateway.Pages;
using Platform.Gateway.Quotes;
using Platform.Gateway.Routing;
using Platform.Gateway.Sessions;
using Platform.Gateway.Sites;
using Platform.Gateway.Web;
using Platform.Hosting;
using Platform.Invocation;
using Platform.Languages;

namespace Platform.Gateway;

/// <summary>The public door: what it has, and the order in which a request passes it.</summary>
internal static class GatewaySetup
{
    private static readonly string[] CompressedTypes = ["application/json", "application/problem+json", "text/html", "text/css", "text/plain", "application/xml", "text/javascript", "application/javascript", "text/x-component", "image/svg+xml"];

    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        builder.AddEssentials(DaprNames.Gateway);
        builder.UseGatewayPorts();
        // Two lines a request, and a stack for each client that hangs up; what matters is logged here.
        builder.Logging.AddFilter("Yarp.ReverseProxy", LogLevel.Critical);
        // Whatever anybody writes into a callback's address, letter by letter.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.Critical);
        builder.Services.AddWording(typeof(GatewaySetup).Assembly);
        builder.Services.AddAuthorization();
        builder.Services.AddTrustedProxies(builder.Configuration);
        builder.Services.AddGatewayCors(builder.Configuration);
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = CompressedTypes;
        });
        // The fastest, which is the default, leaves the application's scripts a fifth larger than gzip makes them.
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        builder.Services.Configure<RateLimitOptions>(builder.Configuration.GetSection("RateLimit"));
        builder.Services.AddSingleton<ClientRateLimiter>();
        builder.Services.AddRouteLimits(builder.Configuration);
        builder.Services.Configure<TenantRateLimitOptions>(builder.Configuration.GetSection("TenantRateLimit"));
        builder.Services.AddTenantLimits(SidecarAddress.From(builder.Configuration));
        builder.Services.AddHttpForwarder();
        builder.Services.AddSingleton(SidecarAddress.From(builder.Configuration));
        builder.Services.AddSingleton<SidecarForwarder>();
        builder.Services.AddSingleton<LandingPage>();
        builder.AddQuotePages();
        builder.AddSites();
        builder.Services.AddWeb(builder.Configuration);
        builder.Services.AddOpenApiDocument();
        builder.AddSessions();
        builder.AddLive();
        return builder;
    }

    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<ResponseHeadersMiddleware>();
        app.UseLanguages();
        app.UseResponseCompression();
        app.UseProblems();
        app.UseStatusCodePages(EmptyAnswers.ExplainAsync);
        app.UseMiddleware<CleanTargetMiddleware>();
        app.UseRouting();
        app.UseCors();
        app.UseMiddleware<KeyGuessMiddleware>();
        app.UseSessions();
        app.UseAuthentication();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseMiddleware<RouteLimitMiddleware>();
        app.UseSessionRefusals();
        app.UseAuthorization();

        app.MapDomains();
        app.MapPages();
        app.MapQuotePages();
        app.MapSites();
        app.MapWeb();
        app.MapOpenApi();
        app.MapSessions();
        app.MapLive();
        app.MapHealthChecks("/health").DisableRateLimiting();
        return app;
    }
}
