using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Platform.Gateway.OpenApi.Reading;

namespace Platform.Gateway.OpenApi.Writing;

/// <summary>Addresses that are no transcoded call: the import, whose body is a file, and the explanation of access in all domains.</summary>
internal sealed class OwnRoutes(SchemaWriter schemas, OperationWriter operations)
{
    private const string Import = "platform.contacts.v1.ImportsService.ImportContacts";
    private const string Explain = "platform.contacts.v1.ContactsAccessService.ExplainAccess";

    private static readonly string[] Targets = ["people", "companies", "leads"];

    /// <summary>What an RPC has instead of the address in its contract, or beside it.</summary>
    public IEnumerable<(string Path, string Verb, JsonObject Operation)> Of(MethodDescriptor rpc)
    {
        if (rpc.FullName == Import)
            yield return ("/api/v1/contacts/imports", "post", ImportOf(rpc));
        if (rpc.FullName == Explain && RestRoute.Of(rpc).First() is var route)
            yield return ("/api/v1/access:explain", route.Verb, ExplainOf(route));
    }

    private JsonObject ImportOf(MethodDescriptor rpc)
    {
        var operation = operations.Head(rpc, "contacts.importContacts", Comments.PermissionOf(rpc, reads: false));
        operation["parameters"] = new JsonArray(new JsonObject
        {
            ["name"] = "target",
            ["in"] = "query",
            ["description"] = "What a row becomes. Default: people.",
            ["schema"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. Targets.Select(target => (JsonNode)target)]) },
        });
        operation["requestBody"] = new JsonObject
        {
            ["description"] = "The file itself, of up to 256 MiB.",
            ["required"] = true,
            ["content"] = new JsonObject { ["text/csv"] = Content(new() { ["type"] = "string" }), ["text/tab-separated-values"] = Content(new() { ["type"] = "string" }) },
        };
        var message = rpc.OutputType;
        var responses = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = "The summary; with `Accept: application/x-ndjson` every message while the import runs, each on a line of its own, the summary last.",
                ["content"] = new JsonObject
                {
                    ["application/json"] = Content(schemas.Of(message.FindFieldByName("summary").MessageType, Direction.Text)),
                    ["application/x-ndjson"] = Content(schemas.Of(message, Direction.Text)),
                },
            },
        };
        ProblemAnswers.AddTo(responses, [400, 401, 403, 413, 415, 429, 503]);
        operation["responses"] = responses;
        return operation;
    }

    private JsonObject ExplainOf(RestRoute route)
    {
        var operation = operations.Of(route);
        operation["operationId"] = "access.explainAccess";
        operation["description"] = "The domain that owns the resource explains. Needs no permission: any member about themselves, tenants.admin about others.";
        return operation;
    }

    private static JsonObject Content(JsonObject schema) => new() { ["schema"] = schema };
}
