using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Platform.Gateway.OpenApi.Reading;

namespace Platform.Gateway.OpenApi.Writing;

/// <summary>What stands in the path, the query and the headers of a call.</summary>
internal sealed class ParameterWriter(SchemaWriter schemas)
{
    private const int MaxDepth = 3;

    /// <summary>Names of the shared ones under <c>components</c>.</summary>
    private const string IdempotencyKey = "IdempotencyKey";
    private const string IfMatch = "IfMatch";

    /// <summary>The shared ones.</summary>
    public static JsonObject Components => new()
    {
        [IdempotencyKey] = Header("Idempotency-Key", 255, "Makes the call happen once, however often it is sent: the same key replays the answer for a day. Scoped to company and caller."),
        [IfMatch] = Header("If-Match", null, "The etag that was read: a resource that was changed since then is left alone (412). The same as the field etag."),
    };

    /// <summary>All parameters of a route.</summary>
    public JsonArray Of(RestRoute route)
    {
        var parameters = new JsonArray();
        foreach (var (name, path) in route.Parameters)
            parameters.Add(Parameter(name, "path", Resolve(route.Rpc.InputType, path)));
        if (route.Body != "*")
            AddQuery(parameters, route.Rpc.InputType, "", path => path == route.Body || route.Parameters.Values.Contains(path), 0);
        if (!route.Reads && !route.Rpc.IsServerStreaming && !Comments.RefusesIdempotencyKey(route.Rpc))
            parameters.Add(Reference(IdempotencyKey));
        if (HasIfMatch(route))
            parameters.Add(Reference(IfMatch));
        return parameters;
    }

    /// <summary>Whether the call can be held to one version of what it changes: where the request has an etag, or changes something that has one.</summary>
    public static bool HasIfMatch(RestRoute route) => !route.Reads && (HasEtag(route.Rpc.InputType) || (route.Verb is "patch" or "put"
        && route.Rpc.InputType.Fields.InDeclarationOrder().Any(field => field is { FieldType: FieldType.Message, IsRepeated: false } && HasEtag(field.MessageType))));

    /// <summary>Whether it has a version.</summary>
    public static bool HasEtag(MessageDescriptor message) => message.FindFieldByName("etag") is { FieldType: FieldType.String };

    // What is neither in the path nor in the body: fields of messages by their path.
    private void AddQuery(JsonArray parameters, MessageDescriptor message, string prefix, Func<string, bool> isElsewhere, int depth)
    {
        foreach (var field in message.Fields.InDeclarationOrder().Where(field => !field.IsMap && !isElsewhere(prefix + field.Name)))
        {
            if (field.FieldType != FieldType.Message || WellKnown.Is(field.MessageType.FullName))
                parameters.Add(Parameter(NameOf(prefix + field.Name), "query", field));
            else if (!field.IsRepeated && depth < MaxDepth)
                AddQuery(parameters, field.MessageType, $"{prefix}{field.Name}.", isElsewhere, depth + 1);
        }
    }

    private JsonObject Parameter(string name, string place, FieldDescriptor field)
    {
        var schema = schemas.Of(field, Direction.Input);
        var parameter = new JsonObject { ["name"] = name, ["in"] = place };
        if (place == "path")
            parameter["required"] = true;
        // Said of the parameter, not of its schema.
        if (Comments.Of(field) is { Length: > 0 } comment && schema.Remove("description"))
            parameter["description"] = comment;
        if (field.IsRepeated)
            parameter["explode"] = true;
        parameter["schema"] = schema;
        return parameter;
    }

    private static string NameOf(string path) => string.Join('.', path.Split('.').Select(Names.Json));

    private static FieldDescriptor Resolve(MessageDescriptor message, string path)
    {
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
            message = message.FindFieldByName(part).MessageType;
        return message.FindFieldByName(parts[^1]);
    }

    private static JsonObject Header(string name, int? length, string description)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (length is not null)
            schema["maxLength"] = length;
        return new JsonObject { ["name"] = name, ["in"] = "header", ["description"] = description, ["schema"] = schema };
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/parameters/{name}" };
}
