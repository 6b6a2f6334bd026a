using System.Text.Json;

namespace Platform.Identity.Realms;

internal static class RealmFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>Reads the realm; secrets come from <paramref name="lookup"/>.</summary>
    public static Realm Load(string path, Func<string, string?> lookup)
    {
        if (!File.Exists(path))
            throw new StartupException($"There is no realm file at {Path.GetFullPath(path)}: set Identity:RealmFile to a Keycloak realm import.");
        return Parse(Placeholders.Replace(File.ReadAllText(path), lookup), path);
    }

    private static Realm Parse(string json, string path)
    {
        try
        {
            return new Realm(JsonSerializer.Deserialize<RealmDocument>(json, Format)!, json);
        }
        catch (JsonException exception)
        {
            throw new StartupException($"The realm file {path} is not a Keycloak realm import: {exception.Message}", exception);
        }
    }
}
