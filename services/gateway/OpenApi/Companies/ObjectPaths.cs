using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.CustomFields.V1;

namespace Platform.Gateway.OpenApi.Companies;

/// <summary>Gives each object that a company defined the addresses and schemas of records, with its own name and fields.</summary>
internal sealed partial class ObjectPaths
{
    private const string Generic = "/api/v1/objects/{object}";
    private const string Prefix = "records.";

    private readonly JsonObject _document;
    private readonly JsonObject _schemas;
    private readonly JsonObject _paths;

    // What records have in general, as text. It is taken before objects add theirs: one that is called service_record has schemas of such names, too.
    private readonly IReadOnlyList<(string Name, string Text)> _generic;
    private readonly IReadOnlyList<(string Path, string Text)> _addresses;

    /// <param name="document">The document, without objects so far.</param>
    public ObjectPaths(JsonObject document)
    {
        (_document, _schemas, _paths) = (document, document["components"]!["schemas"]!.AsObject(), document["paths"]!.AsObject());
        _generic = [.. _schemas.Where(schema => schema.Key.StartsWith(Prefix, StringComparison.Ordinal) && IsOfRecords().IsMatch(schema.Key)).Select(schema => (schema.Key, schema.Value!.ToJsonString()))];
        _addresses = [.. _paths.Where(path => path.Key.StartsWith(Generic, StringComparison.Ordinal)).Select(path => (path.Key[Generic.Length..], path.Value!.ToJsonString()))];
    }

    /// <summary>Whether it is such an object.</summary>
    public static bool IsOne(ResourceDescriptor resource) => resource.Resource.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Changes the document; other resources are left to others.</summary>
    public void Apply(ResourceDescriptor resource)
    {
        if (!IsOne(resource))
            return;
        var name = FreeNameOf(resource.Resource[Prefix.Length..]);
        foreach (var (schema, text) in _generic)
            _schemas[IsOfRecords().Replace(schema, name)] = Renamed(text, name);
        AddPaths(resource, name);
        AddTag(_document, resource);
        ResourceSchemas.Apply(_document, resource, $"{Prefix}{name}", $"{Prefix}{name}Input");
    }

    private void AddPaths(ResourceDescriptor resource, string name)
    {
        foreach (var (path, text) in _addresses)
        {
            var own = Renamed(text, name).AsObject();
            foreach (var operation in own.Select(verb => verb.Value!.AsObject()))
                Name(operation, resource);
            _paths[resource.RestPath + path] = own;
        }
    }

    // An object that is called as something of the platform, or of another object, does not take its place.
    private string FreeNameOf(string key)
    {
        var name = NameOf(key);
        while (ResourceSchemas.NamesOf($"{Prefix}{name}").Concat(_generic.Select(schema => IsOfRecords().Replace(schema.Name, name))).Any(_schemas.ContainsKey))
            name += "_";
        return name;
    }

    private static void Name(JsonObject operation, ResourceDescriptor resource)
    {
        operation["operationId"] = $"{operation["operationId"]}.{PluralOf(resource)}";
        operation["tags"] = new JsonArray(TagOf(resource));
        operation["summary"] = OneOrMany().Replace(operation["summary"]!.GetValue<string>(), match => match.Value == "record" ? resource.Label : resource.PluralLabel);
        if (operation["parameters"] is JsonArray parameters && parameters.FirstOrDefault(parameter => parameter!["name"]?.GetValue<string>() == "object") is { } named)
            parameters.Remove(named);
    }

    private static void AddTag(JsonObject document, ResourceDescriptor resource)
    {
        document["tags"]!.AsArray().Add(new JsonObject { ["name"] = TagOf(resource), ["x-displayName"] = resource.PluralLabel, ["description"] = "An object that the company defined." });
        var group = document["x-tagGroups"]!.AsArray().First(group => group!["tags"]!.AsArray().Any(tag => tag!.GetValue<string>().StartsWith(Prefix, StringComparison.Ordinal)));
        group!["tags"]!.AsArray().Add(TagOf(resource));
    }

    private static JsonNode Renamed(string text, string name) => JsonNode.Parse(Reference().Replace(text, match => $"{match.Groups[1].Value}{IsOfRecords().Replace(match.Groups[2].Value, name)}"))!;

    private static string TagOf(ResourceDescriptor resource) => $"{Prefix}{PluralOf(resource)}";

    private static string PluralOf(ResourceDescriptor resource) => resource.RestPath[(resource.RestPath.LastIndexOf('/') + 1)..];

    private static string NameOf(string key) => string.Concat(key.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    [GeneratedRegex("records?")]
    private static partial Regex OneOrMany();

    [GeneratedRegex("Record")]
    private static partial Regex IsOfRecords();

    [GeneratedRegex(@"(#/components/schemas/records\.)(\w+)")]
    private static partial Regex Reference();
}
