using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using YamlDotNet.RepresentationModel;

namespace Platform.LocalHost.Dapr;

/// <summary>Values that the application gives to component files: an item of the metadata that says <c>envRef</c> gets its variable.</summary>
internal static class ComponentVariables
{
    public static async Task<Dictionary<string, string?>> OfAsync(
        IEnumerable<IDaprComponentResource> components, string appHostDirectory, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string?>();
        foreach (var component in components)
        {
            var references = EnvironmentReferences(component, appHostDirectory);
            foreach (var item in component.Annotations.OfType<ComponentMetadataAnnotation>())
            {
                if (!references.TryGetValue(item.Name, out var variable))
                    throw new InvalidOperationException($"The file of the component '{component.Name}' has no item '{item.Name}' with an envRef, which could take the value.");
                variables[variable] = await item.Value.GetValueAsync(cancellationToken);
            }
        }

        return variables;
    }

    private static Dictionary<string, string> EnvironmentReferences(IDaprComponentResource component, string appHostDirectory)
    {
        if (component.Options?.LocalPath is not { } path)
            return [];
        using var file = File.OpenText(Path.GetFullPath(path, appHostDirectory));
        var yaml = new YamlStream();
        yaml.Load(file);
        return yaml.Documents.Select(document => document.RootNode).SelectMany(Metadata).ToDictionary();
    }

    private static IEnumerable<KeyValuePair<string, string>> Metadata(YamlNode component)
    {
        var items = component is YamlMappingNode root
            && root.Children.TryGetValue("spec", out var spec)
            && spec is YamlMappingNode specification
            && specification.Children.TryGetValue("metadata", out var metadata)
            && metadata is YamlSequenceNode list ? list.Children.OfType<YamlMappingNode>() : [];
        return from item in items
               where item.Children.ContainsKey("envRef")
               select KeyValuePair.Create(item.Children["name"].ToString(), item.Children["envRef"].ToString());
    }
}
