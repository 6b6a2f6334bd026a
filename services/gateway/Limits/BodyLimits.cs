using Microsoft.AspNetCore.Http.Features;
using Platform.Hosting;

namespace Platform.Gateway.Limits;

/// <summary>How large a body may be.</summary>
internal static class BodyLimits
{
    /// <summary>A file of records.</summary>
    public const long Import = 256 * 1024 * 1024;

    private const string Contacts = "/api/v1/contacts/imports";
    private const string Objects = "/api/v1/objects/";
    private const string Verb = ":import";

    /// <summary>Sets the limit of the route; false where the request says at once that it is larger.</summary>
    public static bool TrySet(HttpContext context)
    {
        var limit = HttpMethods.IsPost(context.Request.Method) && IsImport(context.Request.Path.Value ?? "") ? Import : PlatformHost.MaxRequestBody;
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = limit;
        return !(context.Request.ContentLength > limit);
    }

    private static bool IsImport(string path) => path == Contacts
        || (path.StartsWith(Objects, StringComparison.Ordinal) && path.EndsWith(Verb, StringComparison.Ordinal) && path.IndexOf('/', Objects.Length) < 0);

    /// <summary>A gRPC stream has no size; the services limit each of its messages, and it may pause as long as it wants.</summary>
    public static void SetStreaming(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        if (context.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }
}
