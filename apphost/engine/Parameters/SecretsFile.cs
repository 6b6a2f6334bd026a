using System.Text.Json;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Parameters;

/// <summary>Generated values that must be the same at the next start: one file that only its owner can read.</summary>
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
