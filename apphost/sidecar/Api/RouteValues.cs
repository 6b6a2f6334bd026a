namespace Platform.Sidecar.Api;

internal static class RouteValues
{
    /// <summary>A segment of the path as the caller meant it: routing decodes all but the slash.</summary>
    public static string RouteText(this HttpContext context, string name) =>
        ((string?)context.Request.RouteValues[name] ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
