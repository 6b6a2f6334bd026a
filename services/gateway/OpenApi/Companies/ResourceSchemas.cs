using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Platform.CustomFields.V1;
using Platform.Gateway.OpenApi.Reading;
using Platform.Gateway.OpenApi.Writing;
using FieldDescriptor = Platform.CustomFields.V1.FieldDescriptor;

namespace Platform.Gateway.OpenApi.Companies;

/// <summary>Puts a resource's fields into its schemas as the caller's company has them and the caller may see them.</summary>
internal static class ResourceSchemas
{
    private const string CustomFields = "customFields";
    private const string Full = "full";

    /// <summary>Changes the document. A resource that has no message in the contracts is left to others.</summary>
    public static void Apply(JsonObject document, ResourceDescriptor resource)
    {
        if (!ObjectPaths.IsOne(resource) && MessageOf(resource.Resource) is { } message)
            Apply(document, resource, SchemaWriter.NameOf(message, Direction.Output), SchemaWriter.NameOf(message, Direction.Input));
    }

    /// <summary>The schemas of a company's own fields, of a resource whose answers have this one.</summary>
    public static IEnumerable<string> NamesOf(string output) => [$"{output}CustomFields", $"{output}CustomFieldsInput"];

    /// <summary>Changes the schema of answers and that of requests.</summary>
    public static void Apply(JsonObject document, ResourceDescriptor resource, string output, string input)
    {
        var schemas = document["components"]!["schemas"]!.AsObject();
        foreach (var name in new[] { output, input })
        {
            if (schemas[name] is JsonObject schema)
                Apply(schemas, name, schema, resource, isRequest: name == input);
        }

        RequireOnCreation(document, resource, input);
    }

    private static void Apply(JsonObject schemas, string name, JsonObject schema, ResourceDescriptor resource, bool isRequest)
    {
        var properties = schema["properties"]!.AsObject();
        schema["title"] = resource.Label;
        foreach (var field in resource.Fields.Where(field => field.BuiltIn && properties.ContainsKey(field.JsonPath)))
        {
            if (IsAbsent(field, isRequest))
                Remove(schema, field.JsonPath);
            else
                Describe(properties[field.JsonPath]!.AsObject(), field);
        }

        var custom = resource.Fields.Where(field => !field.BuiltIn && !IsAbsent(field, isRequest)).ToList();
        if (custom.Count == 0 || !properties.ContainsKey(CustomFields))
            return;
        var component = isRequest ? $"{name[..^"Input".Length]}CustomFieldsInput" : $"{name}CustomFields";
        schemas[component] = Of(custom, isRequest);
        properties[CustomFields] = new JsonObject { ["$ref"] = $"#/components/schemas/{component}" };
    }

    private static JsonObject Of(IEnumerable<FieldDescriptor> fields, bool isRequest) => new()
    {
        ["type"] = "object",
        ["description"] = "Fields that the company defined.",
        ["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Definition.Key, (JsonNode?)CustomFieldSchema.Of(field, isRequest)))),
        // Requests with other keys are refused; of an answer, what was defined since then is news.
        ["additionalProperties"] = !isRequest,
    };

    // Values of masked custom fields are left out of answers, as those of hidden ones are.
    private static bool IsAbsent(FieldDescriptor field, bool isRequest) => isRequest
        ? field.Access != Full || field.OutputOnly
        : field.Access == "hidden" || (field.Access == "masked" && !field.BuiltIn);

    private static void Describe(JsonObject property, FieldDescriptor field)
    {
        property["title"] = field.Label;
        if (field.Access == "masked")
            property["description"] = string.Join(' ', new[] { property["description"]?.GetValue<string>() ?? "", "Masked for you." }.Where(text => text.Length > 0));
        if (field.OutputOnly || field.Access != Full)
            property["readOnly"] = true;
    }

    private static void Remove(JsonObject schema, string property)
    {
        schema["properties"]!.AsObject().Remove(property);
        if (schema["required"] is JsonArray required)
            schema["required"] = new JsonArray([.. required.Select(name => name!.GetValue<string>()).Where(name => name != property).Select(name => (JsonNode)name)]);
    }

    // What is required has to be there when a record is made; a change sends what it changes.
    private static void RequireOnCreation(JsonObject document, ResourceDescriptor resource, string input)
    {
        var required = resource.Fields.Where(field => !field.BuiltIn && !IsAbsent(field, isRequest: true) && field.Definition is { Required: true, Deprecated: false, DefaultValue: null }).Select(field => field.Definition.Key).ToList();
        if (required.Count == 0 || document["paths"]![resource.RestPath]?["post"]?["requestBody"]?["content"]?["application/json"] is not JsonObject content || content["schema"]?["$ref"]?.GetValue<string>() != $"#/components/schemas/{input}")
            return;
        var all = new JsonObject { ["type"] = "object", ["required"] = new JsonArray([.. required.Select(key => (JsonNode)key)]) };
        content["schema"] = new JsonObject
        {
            ["allOf"] = new JsonArray(content["schema"]!.DeepClone(), new JsonObject { ["type"] = "object", ["required"] = new JsonArray(CustomFields), ["properties"] = new JsonObject { [CustomFields] = all } }),
        };
    }

    // contacts.person is platform.contacts.v1.Person.
    private static MessageDescriptor? MessageOf(string resource) => resource.Split('.') is [var domain, var name]
        ? Contracts.Message($"platform.{domain}.v1.{string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}")
        : null;
}
