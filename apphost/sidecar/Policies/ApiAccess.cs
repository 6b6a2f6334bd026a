using Grpc.Core;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Invocation;

namespace Platform.Sidecar.Policies;

/// <summary>Refuses what the app's <see cref="ApiRules"/> do not allow, as if it were not there.</summary>
internal sealed class ApiAccess(RequestDelegate next)
{
    private const string DaprService = "/dapr.proto.runtime.v1.Dapr/";

    public Task InvokeAsync(HttpContext context)
    {
        var port = context.ApiPort();
        if (port.App.ApiRules.IsEmpty)
            return next(context);
        return port.IsGrpc ? Grpc(context, port.App) : Http(context, port.App);
    }

    private Task Grpc(HttpContext context, SidecarApp app)
    {
        var path = context.Request.Path.Value ?? "";
        return !path.StartsWith(DaprService, StringComparison.Ordinal) || app.ApiRules.Allows(ApiPart.OfRpc(path[DaprService.Length..]))
            ? next(context)
            : GrpcReply.Fail(context, StatusCode.Unimplemented, "requested endpoint is not available");
    }

    // daprd does not have the route then; what is no route is a call of an app, and this one names none.
    private Task Http(HttpContext context, SidecarApp app)
    {
        var part = ApiPart.OfPath(context.Request.Path.Value ?? "") ?? new ApiPart("invoke", "v1", IsGrpc: false);
        return part.Name == "healthz" || app.ApiRules.Allows(part) ? next(context) : context.Write(InvocationErrors.NoAppId);
    }
}
