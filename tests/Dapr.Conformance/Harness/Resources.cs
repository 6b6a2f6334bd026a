using System.Text.Json;

namespace Dapr.Conformance.Harness;

/// <summary>A folder of resource files.</summary>
internal sealed class Resources : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("conformance-").FullName;

    public string File(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <param name="type">The type, and after a blank its version where that is not v1.</param>
    public void Component(string name, string type, IEnumerable<(string Name, string Value)> metadata, IReadOnlyList<string>? scopes = null)
    {
        var words = type.Split(' ');
        // JSON's strings are YAML's.
        var lines = metadata.Select(pair => $"    - name: {pair.Name}\n      value: {JsonSerializer.Serialize(pair.Value)}\n");
        var head = $"apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\nspec:\n  type: {words[0]}\n  version: {words.ElementAtOrDefault(1) ?? "v1"}\n  metadata:\n";
        var tail = scopes is null ? "" : $"scopes: {JsonSerializer.Serialize(scopes)}\n";
        File($"{name}.yaml", metadata.Any() ? head + string.Concat(lines) + tail : head.TrimEnd() + " []\n" + tail);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
