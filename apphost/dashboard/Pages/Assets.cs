using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Platform.Dashboard.Pages;

/// <summary>The files that pages refer to, embedded in the assembly; an address changes with its content, so browsers may keep them.</summary>
internal static class Assets
{
    private static readonly Dictionary<string, Asset> All = new[] { ("dashboard.css", "text/css"), ("dashboard.js", "text/javascript"), ("mark.svg", "image/svg+xml") }
        .ToDictionary(file => file.Item1, file => Read(file.Item1, file.Item2));

    public static string Url(string name) => $"/assets/{All[name].Fingerprint}/{name}";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/assets/{fingerprint}/{name}", (string name, HttpContext context) =>
    {
        if (!All.TryGetValue(name, out var asset))
            return Results.NotFound();
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.ContentType);
    });

    private static Asset Read(string name, string contentType)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly lacks {name}.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new Asset(content, contentType + "; charset=utf-8", Convert.ToHexStringLower(SHA256.HashData(content))[..12]);
    }

    private sealed record Asset(byte[] Content, string ContentType, string Fingerprint);
}
