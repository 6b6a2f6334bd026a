using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Platform.Gateway.Web;

/// <summary>
/// The built web application, in the folder <c>Web:Root</c>. Its page gets a nonce of its own at each answer; what is in
/// <c>assets</c> has its contents' hash in its name and is kept by browsers for good.
/// </summary>
internal sealed class WebFiles(IConfiguration configuration)
{
    private const string NoncePlace = "{{nonce}}";
    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly string? _root = configuration["Web:Root"] is { Length: > 0 } root ? Path.GetFullPath(root) : null;

    /// <summary>Whether this gateway has the application at all.</summary>
    public bool Exist => _root is not null;

    /// <summary>Writes the page that all addresses of the application have.</summary>
    public async Task WritePageAsync(HttpContext context)
    {
        if (!TryFind("index.html", out var path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var page = await File.ReadAllTextAsync(path, context.RequestAborted);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self'; font-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        // Without any referrer browsers say on a form that they do not know its origin.
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        await context.Response.WriteAsync(page.Replace(NoncePlace, nonce, StringComparison.Ordinal), context.RequestAborted);
    }

    /// <summary>Writes a file of the application; one that is kept for good has its hash in its name.</summary>
    public async Task WriteFileAsync(HttpContext context, string folder, string name, bool forGood)
    {
        // One segment of an address: it cannot lead out of the folder.
        if (Path.GetFileName(name) != name || !TryFind(Path.Combine(folder, name), out var path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = Types.TryGetContentType(name, out var type) ? type : "application/octet-stream";
        context.Response.Headers.CacheControl = forGood ? "public, max-age=31536000, immutable" : "public, max-age=300";
        await context.Response.SendFileAsync(path, context.RequestAborted);
    }

    // The build before stays beside the last one: a page that was open goes on to find its parts.
    private bool TryFind(string file, [NotNullWhen(true)] out string? path)
    {
        path = _root is null ? null : new[] { _root, $"{_root}.old" }.Select(root => Path.Combine(root, file)).FirstOrDefault(File.Exists);
        return path is not null;
    }
}
