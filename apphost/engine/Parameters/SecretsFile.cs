using System.Text.Json;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Parameters;

/// <summary>Values that must be the same at the next start, made up or given by somebody: one file that only its owner can read.</summary>
internal sealed class SecretsFile(string path)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };
    private readonly Lock _writing = new();

    public string GetOrAdd(string name, Func<string> make)
    {
        lock (_writing)
        {
            var secrets = Read();
            if (secrets.TryGetValue(name, out var known))
                return known;
            secrets[name] = make();
            PrivateFile.Write(path, JsonSerializer.Serialize(secrets, Format));
            return secrets[name];
        }
    }

    /// <summary>Null where nothing is kept under the name.</summary>
    public string? Find(string name)
    {
        lock (_writing)
            return Read().GetValueOrDefault(name);
    }

    public void Set(string name, string value)
    {
        lock (_writing)
        {
            var secrets = Read();
            secrets[name] = value;
            PrivateFile.Write(path, JsonSerializer.Serialize(secrets, Format));
        }
    }

    // Databases know these values: new ones would not fit, so a spoilt file is the user's to decide on.
    private SortedDictionary<string, string> Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(path)) ?? [] : [];
        }
        catch (JsonException)
        {
            throw new StackException($"{path} is damaged. Put a copy of it back, or delete all data of this instance: reset.");
        }
    }
}
