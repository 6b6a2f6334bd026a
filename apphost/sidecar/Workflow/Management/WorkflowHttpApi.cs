using System.Text;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Platform.DurableTask;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Workflow.Management;

/// <summary>The routes under <c>/v1.0/workflows</c>, and the same under the older versions.</summary>
internal static class WorkflowHttpApi
{
    private static readonly Dictionary<string, string> NoOptions = [];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var version in (string[])["/v1.0", "/v1.0-beta1", "/v1.0-alpha1"])
        {
            // Dapr has had one workflow component for long; its name is not looked at.
            var routes = endpoints.MapGroup(version + "/workflows/{component}/{id}");
            routes.MapGet("", Get);
            routes.MapPost("/start", Start);
            routes.MapPost("/raiseEvent/{event}", Raise);
            routes.MapPost("/terminate", (HttpContext context) => Do(context, (requests, app, id) => requests.Terminate(app, id, context.RequestAborted)));
            routes.MapPost("/pause", (HttpContext context) => Do(context, (requests, app, id) => requests.Pause(app, id, context.RequestAborted)));
            routes.MapPost("/resume", (HttpContext context) => Do(context, (requests, app, id) => requests.Resume(app, id, context.RequestAborted)));
            routes.MapPost("/purge", (HttpContext context) => Do(context, (requests, app, id) => requests.Purge(app, id)));
        }
    }

    private static async Task Start(HttpContext context)
    {
        var start = new StartedWorkflow(context.Request.Query["instanceID"].ToString(), context.RouteText("id"), await Text(context), NoOptions);
        var id = await Requests(context).Start(context.App(), start, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await JsonBody.Answer(context, JsonBody.Bytes(json =>
        {
            json.WriteStartObject();
            json.WriteString("instanceID", id);
            json.WriteEndObject();
        }));
    }

    private static async Task Get(HttpContext context)
    {
        var id = context.RouteText("id");
        var state = await Requests(context).Find(context.App(), id) ?? throw WorkflowApiErrors.NotFound(id).AsException();
        await JsonBody.Answer(context, JsonBody.Bytes(json => Write(json, state)));
    }

    private static async Task Raise(HttpContext context)
    {
        var data = await Text(context);
        await Do(context, (requests, app, id) => requests.Raise(app, id, context.RouteText("event"), data));
    }

    private static async Task Do(HttpContext context, Func<WorkflowRequests, SidecarApp, string, Task> change)
    {
        await change(Requests(context), context.App(), context.RouteText("id"));
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static async Task<string?> Text(HttpContext context) => await JsonBody.Read(context) is { Length: > 0 } body ? Encoding.UTF8.GetString(body) : null;

    private static void Write(Utf8JsonWriter json, WorkflowState state)
    {
        json.WriteStartObject();
        json.WriteString("instanceID", state.InstanceId);
        json.WriteString("workflowName", state.Name);
        WriteTime(json, "createdAt", state.CreatedTimestamp);
        WriteTime(json, "lastUpdatedAt", state.LastUpdatedTimestamp);
        json.WriteString("runtimeStatus", WorkflowRequests.StatusOf(state));
        json.WriteStartObject("properties");
        foreach (var (name, value) in WorkflowRequests.PropertiesOf(state))
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, Timestamp? moment)
    {
        if (moment is not null)
            json.WriteString(name, moment.ToDateTime());
    }

    private static WorkflowRequests Requests(HttpContext context) => context.RequestServices.GetRequiredService<WorkflowRequests>();
}
