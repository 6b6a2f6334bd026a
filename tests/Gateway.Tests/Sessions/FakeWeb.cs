using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Sessions;

/// <summary>A server of pages that keeps what it was asked.</summary>
public sealed class FakeWeb : IAsyncDisposable
{
    /// <summary>What it says that its pages may do.</summary>
    public const string Policy = "default-src 'none'; script-src 'nonce-abc'";

    private readonly WebApplication _app;

    private FakeWeb(WebApplication app) => _app = app;

    /// <summary>Every request that arrived.</summary>
    public ConcurrentQueue<Seen> Requests { get; } = new();

    public string Url { get; private set; } = "";

    public static async Task<FakeWeb> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var web = new FakeWeb(app);
        app.Use((context, next) =>
        {
            web.Requests.Enqueue(Seen.Of(context));
            return next(context);
        });
        app.MapGet("/app/_next/static/{**file}", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return context.Response.WriteAsync("1");
        });
        app.MapGet("/app/{**page}", (HttpContext context) =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentSecurityPolicy = Policy;
            context.Response.Headers["X-Powered-By"] = "tests";
            return context.Response.WriteAsync("<!doctype html>");
        });
        await app.StartAsync();
        web.Url = app.Urls.Single();
        return web;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
