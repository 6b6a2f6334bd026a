using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Sidecar.Hosting;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Platform.Sidecar.Resources;

/// <summary>Reads YAML files into JSON nodes whose scalars are all texts, as resource files treat them.</summary>
internal static class Yaml
{
    public static IReadOnlyList<JsonObject> Documents(string file)
    {
        try
        {
            using var reader = File.OpenText(file);
            var stream = new YamlStream();
            stream.Load(reader);
            return [.. stream.Documents.Select(document => Convert(document.RootNode)).OfType<JsonObject>()];
        }
        catch (YamlException error)
        {
            throw new StartupException($"{file}({error.Start.Line},{error.Start.Column}): {error.InnerException?.Message ?? error.Message}", error);
        }
        catch (IOException error)
        {
            throw new StartupException($"{file}: {error.Message}", error);
        }
    }

    /// <summary>The node under a path of keys, which are compared without case.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
            node = (node as JsonObject)?.FirstOrDefault(pair => pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;
        return node;
    }

    /// <summary>A scalar as its text, anything else as JSON; null where there is nothing.</summary>
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        var other => other.ToJsonString(),
    };

    public static IEnumerable<JsonNode> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray array ? array.OfType<JsonNode>() : [];

    public static IReadOnlyList<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) =>
        [.. node.Items(path).Select(item => item.Text()!)];

    public static IReadOnlyDictionary<string, string> Map(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonObject map
            ? map.ToDictionary(pair => pair.Key, pair => pair.Value.Text() ?? "", StringComparer.OrdinalIgnoreCase)
            : new Dictionary<string, string>();

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlScalarNode { Value: null or "" or "~" or "null", Style: ScalarStyle.Plain } => null,
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair =>
            KeyValuePair.Create(((YamlScalarNode)pair.Key).Value ?? "", Convert(pair.Value)))),
        _ => null,
    };
}
