using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Platform.Gateway.Pages;
using Scalar.AspNetCore;

namespace Platform.Gateway.OpenApi.Pages;

/// <summary>The document for people to read and try, drawn by Scalar. Its script comes out of its package: nothing is loaded from elsewhere.</summary>
internal sealed class DocsPage
{
    /// <summary>Where it is.</summary>
    public const string Path = "/docs";

    private const string Javascript = "text/javascript; charset=utf-8";
    private const string Resource = "ScalarStaticAssets.scalar.js";
    private const int NonceBytes = 16;

    private readonly string _page = PageTemplate.Read("docs.html").Replace("{{version}}", Version, StringComparison.Ordinal);
    private readonly byte[] _start = Encoding.UTF8.GetBytes(PageTemplate.Read("docs.js"));
    private readonly Lazy<byte[]> _scalar = new(ReadScalar);

    private static string Version { get; } = typeof(ScalarOptions).Assembly.GetName().Version!.ToString(3);

    /// <summary>The page. Scalar writes its styles at run time, with the nonce of this answer.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'self'; style-src 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
            + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return context.Response.WriteAsync(_page.Replace("{{nonce}}", nonce, StringComparison.Ordinal), context.RequestAborted);
    }

    /// <summary>What starts Scalar.</summary>
    public Task WriteStartAsync(HttpContext context)
    {
        context.Response.ContentType = Javascript;
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.Body.WriteAsync(_start, context.RequestAborted).AsTask();
    }

    /// <summary>Scalar, in the compressed form that its package has. Its address names the version.</summary>
    public async Task WriteScalarAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        context.Response.ContentType = Javascript;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        var compressed = new MemoryStream(_scalar.Value, writable: false);
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            if (context.Features.Get<IHttpsCompressionFeature>() is { } compression)
                compression.Mode = HttpsCompressionMode.DoNotCompress;
            headers.ContentEncoding = "gzip";
            context.Response.ContentLength = compressed.Length;
            await compressed.CopyToAsync(context.Response.Body, context.RequestAborted);
            return;
        }

        await using var plain = new GZipStream(compressed, CompressionMode.Decompress);
        await plain.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static byte[] ReadScalar()
    {
        using var stream = typeof(ScalarOptions).Assembly.GetManifestResourceStream(Resource)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
