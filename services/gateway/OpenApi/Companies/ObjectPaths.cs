using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.CustomFields.V1;

namespace Platform.Gateway.OpenApi.Companies;

/// <summary>Gives each object that a company defined the addresses and schemas of records, with its own name and fields.</summary>
internal static partial class ObjectPaths
{
    private const string Generic = "/api/v1/objects/{object}";
    private const string Prefix = "records.";
    private const string Record = "Record";

    /// <summary>Whether it is such an object.</summary>
    public static bool IsOne(ResourceDescriptor resource) => resource.Resource.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Changes the document; other resources are left to others.</summary>
    public static void Apply(JsonObject document, ResourceDescriptor resource)
    {
        if (!IsOne(resource) || document["components"]!["schemas"] is not JsonObject schemas || document["paths"] is not JsonObject paths)
            return;
        var name = NameOf(resource.Resource[Prefix.Length..]);
        foreach (var (schema, value) in schemas.Where(schema => schema.Key.StartsWith(Prefix, StringComparison.Ordinal) && IsOfRecords().IsMatch(schema.Key)).ToList())
            schemas[IsOfRecords().Replace(schema, name)] = Renamed(value!, name);
        AddPaths(paths, resource, name);
        AddTag(document, resource);
        ResourceSchemas.Apply(document, resource, $"{Prefix}{name}", $"{Prefix}{name}Input");
    }

    private static void AddPaths(JsonObject paths, ResourceDescriptor resource, string name)
    {
        foreach (var (path, item) in paths.Where(path => path.Key.StartsWith(Generic, StringComparison.Ordinal)).ToList())
        {
            var own = Renamed(item!, name).AsObject();
            foreach (var operation in own.Select(verb => verb.Value!.AsObject()))
                Name(operation, resource);
            paths[resource.RestPath + path[Generic.Length..]] = own;
        }
    }

    private static void Name(JsonObject operation, ResourceDescriptor resource)
    {
        operation["operationId"] = $"{operation["operationId"]}.{PluralOf(resource)}";
        operation["tags"] = new JsonArray(TagOf(resource));
        operation["summary"] = operation["summary"]!.GetValue<string>().Replace("records", resource.PluralLabel, StringComparison.Ordinal).Replace("record", resource.Label, StringComparison.Ordinal);
        if (operation["parameters"] is JsonArray parameters && parameters.FirstOrDefault(parameter => parameter!["name"]?.GetValue<string>() == "object") is { } named)
            parameters.Remove(named);
    }

    private static void AddTag(JsonObject document, ResourceDescriptor resource)
    {
        document["tags"]!.AsArray().Add(new JsonObject { ["name"] = TagOf(resource), ["x-displayName"] = resource.PluralLabel, ["description"] = "An object that the company defined." });
        var group = document["x-tagGroups"]!.AsArray().First(group => group!["tags"]!.AsArray().Any(tag => tag!.GetValue<string>().StartsWith(Prefix, StringComparison.Ordinal)));
        group!["tags"]!.AsArray().Add(TagOf(resource));
    }

    private static JsonNode Renamed(JsonNode node, string name) => JsonNode.Parse(Reference().Replace(node.ToJsonString(), match => $"{match.Groups[1].Value}{IsOfRecords().Replace(match.Groups[2].Value, name)}"))!;

    private static string TagOf(ResourceDescriptor resource) => $"{Prefix}{PluralOf(resource)}";

    private static string PluralOf(ResourceDescriptor resource) => resource.RestPath[(resource.RestPath.LastIndexOf('/') + 1)..];

    // An object that is called "record" must not take the place of records in general.
    private static string NameOf(string key) => string.Concat(key.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..])) is var name && name == Record ? $"{name}_" : name;

    [GeneratedRegex("Record")]
    private static partial Regex IsOfRecords();

    [GeneratedRegex(@"(#/components/schemas/records\.)(\w+)")]
    private static partial Regex Reference();
}
