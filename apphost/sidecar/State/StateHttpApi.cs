using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.State;

/// <summary>The routes under <c>/v1.0/state</c>.</summary>
internal static class StateHttpApi
{
    private static readonly string[] Writes = [HttpMethods.Post, HttpMethods.Put];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/v1.0/state/{store}", Writes, Save);
        endpoints.MapMethods("/v1.0/state/{store}/bulk", Writes, GetBulk);
        endpoints.MapMethods("/v1.0/state/{store}/transaction", Writes, Transact);
        endpoints.MapMethods("/v1.0-alpha1/state/{store}/query", Writes, Query);
        endpoints.MapGet("/v1.0/state/{store}/{**key}", Get);
        endpoints.MapDelete("/v1.0/state/{store}/{**key}", Delete);
    }

    private static async Task Get(HttpContext context)
    {
        var found = await StateRequests.Get(context.App(), Store(context), Key(context), context.RequestAborted);
        if (found is not { } entry)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (entry.ETag.Length > 0)
            context.Response.Headers.ETag = entry.ETag;
        foreach (var (name, value) in StateRequests.ResponseMetadata(entry))
            context.Response.Headers["metadata." + name] = value;
        await JsonBody.Answer(context, entry.Value);
    }

    private static async Task Save(HttpContext context)
    {
        using var body = await Parse(context);
        if (body.RootElement.ValueKind != JsonValueKind.Array)
            throw StateErrors.Malformed("the body is not a list of items").AsException();
        var items = body.RootElement.EnumerateArray().Select(item => StateHttpItems.Upsert(item, RequestMetadata.Of(context.Request)));
        await StateRequests.Change(context.App(), Store(context), items, StateCall.Save, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task Delete(HttpContext context)
    {
        var etag = context.Request.Headers.IfMatch.ToString();
        var concurrency = StateHttpItems.Concurrency(context.Request.Query["concurrency"]);
        var item = new StateItemRequest(Key(context), null, etag, concurrency, RequestMetadata.Of(context.Request));
        await StateRequests.Change(context.App(), Store(context), [item], StateCall.Delete, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task GetBulk(HttpContext context)
    {
        using var body = await Parse(context);
        var keys = StateHttpItems.Keys(body.RootElement);
        var entries = await StateRequests.GetMany(context.App(), Store(context), keys, StateCall.BulkGet, context.RequestAborted);
        await JsonBody.Answer(context, new JsonArray([.. keys.Select(key => Item(key, entries))]));
    }

    private static async Task Transact(HttpContext context)
    {
        using var body = await Parse(context);
        var items = StateHttpItems.Operations(body.RootElement);
        await StateRequests.Change(context.App(), Store(context), items, StateCall.Transaction, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task Query(HttpContext context) =>
        throw StateErrors.NoQueries(AppStateStore.Of(context.App(), Store(context)).Name).AsException();

    private static JsonObject Item(string key, IReadOnlyDictionary<string, StateEntry> entries)
    {
        var item = new JsonObject { ["key"] = key };
        if (!entries.TryGetValue(key, out var entry))
            return item;
        item["data"] = Data(entry.Value);
        if (entry.ETag.Length > 0)
            item["etag"] = entry.ETag;
        if (StateRequests.ResponseMetadata(entry) is { Count: > 0 } metadata)
            item["metadata"] = new JsonObject(metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        return item;
    }

    private static JsonNode? Data(ReadOnlyMemory<byte> value)
    {
        try
        {
            return JsonNode.Parse(value.Span);
        }
        catch (JsonException)
        {
            return Convert.ToBase64String(value.Span);
        }
    }

    private static async Task<JsonDocument> Parse(HttpContext context)
    {
        try
        {
            return JsonDocument.Parse(await JsonBody.Read(context));
        }
        catch (JsonException error)
        {
            throw StateErrors.Malformed(error.Message).AsException(error);
        }
    }

    private static string Store(HttpContext context) => (string)context.Request.RouteValues["store"]!;

    private static string Key(HttpContext context) => (string?)context.Request.RouteValues["key"] ?? "";
}
