using System.Text.Json.Nodes;
using Platform.Sidecar.Api;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resiliency;

namespace Platform.Sidecar.Configuration;

/// <summary>The routes under <c>/v1.0/configuration</c>; changes are posted to the app.</summary>
internal static class ConfigurationHttpApi
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var version in (string[])["v1.0", "v1.0-alpha1"])
        {
            endpoints.MapGet($"/{version}/configuration/{{store}}", Get);
            endpoints.MapGet($"/{version}/configuration/{{store}}/subscribe", Subscribe);
            endpoints.MapGet($"/{version}/configuration/{{store}}/{{id}}/unsubscribe", Unsubscribe);
        }
    }

    private static async Task Get(HttpContext context)
    {
        var items = await ConfigurationRequests.Get(
            context.App(), Route(context, "store"), Keys(context), RequestMetadata.Of(context.Request), context.RequestAborted);
        await JsonBody.Answer(context, Json(items));
    }

    private static async Task Subscribe(HttpContext context)
    {
        var (app, store) = (context.App(), Route(context, "store"));
        var id = await Requests(context).Subscribe(
            app, store, Keys(context), RequestMetadata.Of(context.Request), (id, items, ended) => Post(app, store, id, items, ended), context.RequestAborted);
        await JsonBody.Answer(context, new JsonObject { ["id"] = id });
    }

    private static async Task Unsubscribe(HttpContext context)
    {
        var id = Route(context, "id");
        if (await Requests(context).Unsubscribe(context.App(), Route(context, "store"), id))
        {
            await JsonBody.Answer(context, new JsonObject { ["ok"] = true });
            return;
        }

        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        var error = ConfigurationErrors.Unsubscribe(id, $"subscription with id {id} does not exist");
        await JsonBody.Answer(context, new JsonObject { ["ok"] = false, ["message"] = error.Message, ["errorCode"] = error.Code });
    }

    private static async Task Post(SidecarApp app, string store, string id, IReadOnlyDictionary<string, ConfigurationItem> items, CancellationToken ended)
    {
        if (app.Channel is not { } channel)
            return;
        var body = JsonBody.Bytes(writer => new JsonObject { ["id"] = id, ["items"] = Json(items) }.WriteTo(writer));
        foreach (var key in items.Keys)
            await app.Resiliency.Inbound(ComponentKind.Configuration, store).Run(token => Post(channel, $"configuration/{store}/{key}", body, token), ended);
    }

    private static async Task Post(AppChannel channel, string path, byte[] body, CancellationToken cancellationToken)
    {
        using var answer = await AppRequest.Post(channel, path, body, cancellationToken);
        if (!answer.IsSuccess)
            throw new HttpRequestException($"the app answered {answer.Status}");
    }

    private static JsonObject Json(IReadOnlyDictionary<string, ConfigurationItem> items) =>
        new(items.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)Json(item.Value))));

    private static JsonObject Json(ConfigurationItem item)
    {
        var json = new JsonObject { ["value"] = item.Value };
        if (item.Version.Length > 0)
            json["version"] = item.Version;
        if (item.Metadata.Count > 0)
            json["metadata"] = new JsonObject(item.Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        return json;
    }

    private static ConfigurationRequests Requests(HttpContext context) => context.RequestServices.GetRequiredService<ConfigurationRequests>();

    private static string[] Keys(HttpContext context) => [.. context.Request.Query["key"].OfType<string>()];

    private static string Route(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}
