using Microsoft.AspNetCore.Http;
using Platform.Dashboard;
using Platform.Dashboard.Access;

namespace Platform.LocalHost.Control;

/// <summary>Lets in whoever shows what is asked: commands the host's token, services the key for telemetry, browsers their cookie.</summary>
internal sealed class ControlGate(string token, DashboardAccess? dashboard, string? telemetryKey)
{
    private const string Advice = "Open the address with the token that `dotnet run --project apphost -- ps` prints; this browser is then remembered.";

    public async Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        // Whoever has the cookie already may open the address once more.
        if (dashboard is not null && DashboardAccess.IsLoopback(context.Request) && dashboard.Enter(context))
            return;
        if (IsAdmitted(context.Request))
            await next(context);
        else
            await RefuseAsync(context);
    }

    private bool IsAdmitted(HttpRequest request)
    {
        if (DashboardPages.IsTelemetry(request.Path))
            return telemetryKey is not null && DashboardAccess.Same(request.Headers["x-otlp-api-key"].ToString(), telemetryKey);
        return DashboardAccess.Same(request.Headers.Authorization.ToString(), $"Bearer {token}")
            || (dashboard is not null && DashboardAccess.IsLoopback(request) && dashboard.HasCookie(request));
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(Advice, context.RequestAborted);
    }
}
