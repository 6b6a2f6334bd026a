using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Jobs;

/// <summary>The routes under <c>/v1.0/jobs</c>, and the same under <c>/v1.0-alpha1</c>.</summary>
internal static class JobsHttpApi
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var version in (string[])["/v1.0", "/v1.0-alpha1"])
        {
            endpoints.MapPost(version + "/jobs/{name}", Schedule);
            endpoints.MapGet(version + "/jobs/{name}", Get);
            endpoints.MapDelete(version + "/jobs/{name}", Delete);
        }
    }

    private static async Task Schedule(HttpContext context)
    {
        var (job, overwrite) = JobJson.Read(await JsonBody.Read(context));
        if (job.Name.Length > 0)
            throw JobErrors.NameInBody(context.App()).AsException();
        job.Name = context.RouteText("name").Trim();
        await Jobs(context).Schedule(context.App(), job, overwrite, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task Get(HttpContext context) =>
        JsonBody.Answer(context, JsonBody.Bytes(json => JobJson.Write(json, Jobs(context).Get(context.App(), context.RouteText("name")))));

    private static async Task Delete(HttpContext context)
    {
        await Jobs(context).Delete(context.App(), context.RouteText("name"), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static JobRequests Jobs(HttpContext context) => context.RequestServices.GetRequiredService<JobRequests>();
}
