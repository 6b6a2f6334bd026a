using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Platform.Identity.Pages;

/// <summary>The few files that pages need; their address carries a digest, so that browsers may keep them for ever.</summary>
internal sealed class Assets
{
    private readonly Dictionary<string, (byte[] Content, string Version, string Type)> _files =
        new[] { "site.css", "site.js", "mark.svg" }.ToDictionary(name => name, Read, StringComparer.Ordinal);

    public string Url(string name) => $"/resources/{_files[name].Version}/{name}";

    public IResult Serve(HttpContext http, string version, string name)
    {
        if (!_files.TryGetValue(name, out var file) || file.Version != version) return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(file.Content, file.Type);
    }

    private static (byte[] Content, string Version, string Type) Read(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(name)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var content = memory.ToArray();
        var type = new FileExtensionContentTypeProvider().Mappings[Path.GetExtension(name)];
        return (content, Convert.ToHexStringLower(SHA256.HashData(content))[..12], type);
    }
}
