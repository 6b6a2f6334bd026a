using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.State;

namespace Platform.Sidecar.Actors;

/// <summary>The routes under <c>/v1.0/actors</c>; that is all that the SDKs use.</summary>
internal static class ActorsHttpApi
{
    private const string Prefix = "/v1.0/actors/{type}/{id}";
    private static readonly string[] Writes = [HttpMethods.Post, HttpMethods.Put];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods(Prefix + "/method/{method}", [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete], Invoke);
        endpoints.MapMethods(Prefix + "/state", Writes, Transact);
        endpoints.MapGet(Prefix + "/state/{key}", GetState);
        endpoints.MapMethods(Prefix + "/reminders/{name}", Writes, CreateReminder);
        endpoints.MapGet(Prefix + "/reminders/{name}", GetReminder);
        endpoints.MapDelete(Prefix + "/reminders/{name}", DeleteReminder);
        endpoints.MapMethods(Prefix + "/timers/{name}", Writes, CreateTimer);
        endpoints.MapDelete(Prefix + "/timers/{name}", DeleteTimer);
    }

    private static async Task Invoke(HttpContext context)
    {
        var (actor, method) = (Actor(context), context.RouteText("method"));
        if (ActorMethods.Fault(actor, method) is { } fault)
            throw ActorErrors.BadRequest(fault).AsException();
        var request = new ActorRequest(await JsonBody.Read(context), context.Request.ContentType)
        {
            Headers = [.. context.Request.Headers.Where(header => ActorCallbacks.IsForwarded(header.Key))
                .SelectMany(header => header.Value, (header, value) => KeyValuePair.Create(header.Key, value ?? ""))],
            Query = context.Request.QueryString.Value ?? "",
        };
        var reentrancyId = context.Request.Headers[ActorCallbacks.ReentrancyHeader] is [{ Length: > 0 } id, ..] ? id : null;
        var reply = await Service<ActorRouter>(context).Invoke(actor, method, request, reentrancyId, context.RequestAborted);
        foreach (var (name, value) in reply.Headers)
            context.Response.Headers.Append(name, value);
        context.Response.ContentType = reply.ContentType;
        context.Response.ContentLength = reply.Body.Length;
        await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }

    private static async Task Transact(HttpContext context)
    {
        var body = await JsonBody.Read(context);
        await Service<ActorState>(context).Transact(context.App(), Actor(context), ActorStateJson.Operations(body), context.RequestAborted);
        NoContent(context);
    }

    private static async Task GetState(HttpContext context)
    {
        var found = await ActorState.Get(context.App(), Actor(context), context.RouteText("key"), context.RequestAborted);
        if (found is not { Value.Length: > 0 } entry)
        {
            NoContent(context);
            return;
        }

        foreach (var (name, value) in StateRequests.ResponseMetadata(entry))
            context.Response.Headers["metadata." + name] = value;
        await JsonBody.Answer(context, entry.Value);
    }

    private static async Task CreateReminder(HttpContext context)
    {
        var reminder = ActorJson.Read(await JsonBody.Read(context), ActorJson.Reminder);
        await Service<ActorReminders>(context).Create(context.App(), Actor(context), context.RouteText("name"), reminder, context.RequestAborted);
        NoContent(context);
    }

    private static Task GetReminder(HttpContext context) => JsonBody.Answer(
        context, ActorJson.Answer(Actor(context), Service<ActorReminders>(context).Get(context.App(), Actor(context), context.RouteText("name"))));

    private static async Task DeleteReminder(HttpContext context)
    {
        await Service<ActorReminders>(context).Delete(context.App(), Actor(context), context.RouteText("name"), context.RequestAborted);
        NoContent(context);
    }

    private static async Task CreateTimer(HttpContext context)
    {
        var timer = ActorJson.Read(await JsonBody.Read(context), ActorJson.Timer);
        Service<TimerRequests>(context).Create(context.App(), Actor(context), context.RouteText("name"), timer);
        NoContent(context);
    }

    private static Task DeleteTimer(HttpContext context)
    {
        Service<TimerRequests>(context).Delete(Actor(context), context.RouteText("name"));
        NoContent(context);
        return Task.CompletedTask;
    }

    private static ActorAddress Actor(HttpContext context) => new(context.RouteText("type"), context.RouteText("id"));

    private static T Service<T>(HttpContext context) where T : notnull => context.RequestServices.GetRequiredService<T>();

    private static void NoContent(HttpContext context) => context.Response.StatusCode = StatusCodes.Status204NoContent;
}
