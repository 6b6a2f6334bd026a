using System.Text.Json.Nodes;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Resources;

/// <summary>One document of a resource file.</summary>
internal sealed record ResourceFile(string File, string ApiVersion, string Kind, string Name, JsonObject Document)
{
    /// <summary>All resources under an app's paths that are meant for it, files in the order of their names.</summary>
    public static IReadOnlyList<ResourceFile> Load(AppOptions app) =>
        [.. app.ResourcesPaths.SelectMany(Files).Select(Path.GetFullPath).Distinct().SelectMany(Read).Where(resource => resource.IsFor(app))];

    public static IEnumerable<ResourceFile> Read(string file) => Yaml.Documents(file).Select(document => new ResourceFile(
        file, document.Text("apiVersion") ?? "", document.Text("kind") ?? "", document.Text("metadata", "name") ?? "", document));

    private static IEnumerable<string> Files(string path) =>
        System.IO.File.Exists(path) ? [path]
        : Directory.Exists(path) ? Directory.EnumerateFiles(path).Where(IsYaml).Order(StringComparer.Ordinal)
        : throw new StartupException($"resources path {path} does not exist");

    private static bool IsYaml(string file) => Path.GetExtension(file) is ".yaml" or ".yml";

    private bool IsFor(AppOptions app)
    {
        var scopes = Document.Texts("scopes");
        var resourceNamespace = Document.Text("metadata", "namespace") ?? "";
        return (scopes.Count == 0 || scopes.Contains(app.AppId))
            && (resourceNamespace.Length == 0 || resourceNamespace == (app.Namespace.Length > 0 ? app.Namespace : "default"));
    }
}
