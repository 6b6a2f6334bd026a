using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Platform.Gateway.OpenApi.Reading;

namespace Platform.Gateway.OpenApi.Writing;

/// <summary>Writes a route as an operation.</summary>
internal sealed class OperationWriter(SchemaWriter schemas, SortedSet<string> permissions)
{
    private const string HttpBody = "google.api.HttpBody";
    private const string Json = "application/json";

    private readonly ParameterWriter _parameters = new(schemas);

    public JsonObject Of(RestRoute route)
    {
        var operation = Head(route.Rpc, Names.Operation(route), route.Permission);
        if (_parameters.Of(route) is { Count: > 0 } parameters)
            operation["parameters"] = parameters;
        if (BodyOf(route) is { } body)
            operation["requestBody"] = body;
        operation["responses"] = Responses(route);
        return operation;
    }

    /// <summary>What an operation is called, says of itself and needs.</summary>
    public JsonObject Head(MethodDescriptor rpc, string id, string? permission)
    {
        var operation = new JsonObject
        {
            ["operationId"] = id,
            ["tags"] = new JsonArray(Names.Tag(rpc.Service)),
            ["summary"] = Names.Sentence(rpc.Name),
            ["description"] = Description(rpc, permission),
            ["security"] = Security(permission),
        };
        if (rpc.GetOptions()?.Deprecated is true)
            operation["deprecated"] = true;
        return operation;
    }

    private static string Description(MethodDescriptor rpc, string? permission)
    {
        var comment = Comments.Of(rpc);
        var needs = permission switch
        {
            null => "Needs no token.",
            Comments.AnyMember when Comments.NeedsNone(comment) => "",
            Comments.AnyMember => "Needs no permission: any member.",
            _ when comment.Contains($"Permission: {permission}", StringComparison.Ordinal) => "",
            _ => $"Permission: {permission}.",
        };
        return string.Join("\n\n", new[] { comment, needs, $"gRPC: `{rpc.Service.FullName}/{rpc.Name}`" }.Where(text => text.Length > 0));
    }

    private JsonArray Security(string? permission)
    {
        if (permission is null)
            return [];
        if (permission is not (Comments.AnyMember or ""))
            permissions.Add(permission);
        return SecuritySchemes.Requirement(permission is Comments.AnyMember or "" ? null : permission);
    }

    private JsonObject? BodyOf(RestRoute route)
    {
        if (route.Body.Length == 0)
            return null;
        var schema = route.Body == "*" ? WholeBody(route) : schemas.Of(route.Rpc.InputType.FindFieldByName(route.Body), Direction.Input);
        schema.Remove("description");
        var body = new JsonObject { ["content"] = Content(Json, schema) };
        if (route.Body != "*")
            body["required"] = true;
        return body;
    }

    // Without what stands in the path: where all does, an empty object is as good as no body.
    private JsonObject WholeBody(RestRoute route)
    {
        var fields = route.Rpc.InputType.Fields.InDeclarationOrder().Where(field => !route.Parameters.Values.Contains(field.Name)).ToList();
        return fields.Count == route.Rpc.InputType.Fields.InDeclarationOrder().Count && fields.Count > 0
            ? schemas.Of(route.Rpc.InputType, Direction.Input)
            : new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.JsonName, (JsonNode?)schemas.Of(field, Direction.Input)))) };
    }

    private JsonObject Responses(RestRoute route)
    {
        var answer = route.Answer.Length == 0 ? null : route.Rpc.OutputType.FindFieldByName(route.Answer);
        var done = new JsonObject { ["description"] = "Done." };
        if (answer is null && !route.Rpc.IsServerStreaming && ParameterWriter.HasEtag(route.Rpc.OutputType))
            done["headers"] = new JsonObject { ["ETag"] = new JsonObject { ["description"] = "The version: for If-Match.", ["schema"] = new JsonObject { ["type"] = "string" } } };
        done["content"] = route.Rpc.OutputType.FullName == HttpBody ? Files(route.Rpc)
            : Content(Json, answer is null ? schemas.Of(route.Rpc.OutputType, Direction.Output) : schemas.Of(answer, Direction.Output));
        if (route.Rpc.IsServerStreaming && route.Rpc.OutputType.FullName != HttpBody)
            done["description"] = "One message after the other, each on a line of its own.";
        var responses = new JsonObject { ["200"] = done };
        ProblemAnswers.AddTo(responses, Statuses(route));
        return responses;
    }

    private static IEnumerable<int> Statuses(RestRoute route)
    {
        var takesKey = !route.Reads && !Comments.RefusesIdempotencyKey(route.Rpc);
        return new (int Status, bool Applies)[]
        {
            (400, true), (401, route.Permission is not null), (403, route.Permission is not null), (404, route.Parameters.Count > 0), (409, takesKey),
            (412, ParameterWriter.HasIfMatch(route)), (413, route.Body.Length > 0), (415, route.Body.Length > 0), (422, takesKey), (429, true), (503, true),
        }.Where(answer => answer.Applies).Select(answer => answer.Status);
    }

    // The contract says in words what kind of file it is.
    private static JsonObject Files(MethodDescriptor rpc)
    {
        var comment = Comments.Of(rpc);
        var types = new[]
        {
            (Word: "NDJSON", Type: "application/x-ndjson"), (Word: "CSV", Type: "text/csv"), (Word: "PDF", Type: "application/pdf"), (Word: "XLSX", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        }.Where(kind => comment.Contains(kind.Word, StringComparison.Ordinal)).Select(kind => kind.Type).ToList();
        var content = new JsonObject();
        foreach (var type in types.DefaultIfEmpty("*/*"))
            content[type] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } };
        return content;
    }

    private static JsonObject Content(string type, JsonObject schema) => new() { [type] = new JsonObject { ["schema"] = schema } };
}
