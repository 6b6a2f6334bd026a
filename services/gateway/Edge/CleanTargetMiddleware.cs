using Microsoft.AspNetCore.Http.Features;
using Platform.Errors;
using Platform.Gateway.Live;
using Platform.Gateway.Routing;

namespace Platform.Gateway.Edge;

/// <summary>Refuses request lines that could be read in two ways, and lets no connection be taken over but by the hub.</summary>
internal sealed class CleanTargetMiddleware(RequestDelegate next)
{
    private static readonly Error Refusal =
        new(Google.Rpc.Code.InvalidArgument, "BAD_ADDRESS", "Write the address plainly: no empty or dot segments, no escaped slashes, dots or control characters.");

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path != LiveSetup.Path)
            context.Features.Set<IHttpUpgradeFeature>(null);
        context.Features.Set<IHttpExtendedConnectFeature>(null);
        return RawTarget.IsClean(RawTarget.Of(context)) ? next(context) : Problems.RespondAsync(context, Refusal);
    }
}
