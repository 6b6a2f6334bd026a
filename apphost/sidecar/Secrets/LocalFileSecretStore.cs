using System.Text.Json;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Secrets;

/// <summary>Type <c>secretstores.local.file</c>: a JSON file, nested objects flattened with a separator.</summary>
internal sealed class LocalFileSecretStore(ComponentSpec spec) : ISecretStore
{
    private readonly bool _multiValued = spec.Flag("multiValued");
    private readonly string _separator = spec["nestedSeparator"] ?? ":";
    private Dictionary<string, IReadOnlyDictionary<string, string>> _secrets = [];

    public IReadOnlyList<string> Capabilities => _multiValued ? ["MULTIPLE_KEY_VALUES_PER_SECRET"] : [];

    public async Task Start(CancellationToken cancellationToken)
    {
        var file = spec["secretsFile"] ?? throw new StartupException("secretsFile is missing");
        try
        {
            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
            _secrets = Read(document.RootElement);
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new StartupException($"{file}: {error.Message}", error);
        }
    }

    public IReadOnlyDictionary<string, string>? Get(string name) => _secrets.GetValueOrDefault(name);

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> GetAll() => _secrets;

    private Dictionary<string, IReadOnlyDictionary<string, string>> Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new JsonException("the file holds no object");
        return _multiValued
            ? root.EnumerateObject().ToDictionary(secret => secret.Name, IReadOnlyDictionary<string, string> (secret) => Values(secret))
            : Flatten(root, "").ToDictionary(pair => pair.Key, IReadOnlyDictionary<string, string> (pair) => One(pair.Key, pair.Value));
    }

    private Dictionary<string, string> Values(JsonProperty secret) => secret.Value.ValueKind == JsonValueKind.Object
        ? Flatten(secret.Value, "").ToDictionary()
        : One(secret.Name, secret.Value.ToString());

    private IEnumerable<KeyValuePair<string, string>> Flatten(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(child => Flatten(child.Value, Join(path, child.Name))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((child, index) => Flatten(child, Join(path, $"{index}"))),
        JsonValueKind.Null => [KeyValuePair.Create(path, "")],
        _ => [KeyValuePair.Create(path, element.ToString())],
    };

    private string Join(string path, string name) => path.Length == 0 ? name : path + _separator + name;

    private static Dictionary<string, string> One(string name, string value) => new() { [name] = value };
}
