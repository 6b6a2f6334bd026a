using System.Text.Json.Nodes;

namespace Platform.Identity.Tests.Harness;

/// <summary>The repository's realm file, changed where a test needs it.</summary>
internal static class RealmUnderTest
{
    public static string Path { get; } = Find();

    public static string Write(string folder, Action<JsonObject>? change = null)
    {
        var realm = JsonNode.Parse(File.ReadAllText(Path))!.AsObject();
        change?.Invoke(realm);
        var path = System.IO.Path.Combine(folder, "realm.json");
        File.WriteAllText(path, realm.ToJsonString());
        return path;
    }

    public static JsonObject Client(this JsonObject realm, string clientId) =>
        realm["clients"]!.AsArray().Select(client => client!.AsObject()).Single(client => (string?)client["clientId"] == clientId);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "global.json"))) folder = folder.Parent!;
        return System.IO.Path.Combine(folder.FullName, "deploy", "keycloak", "platform-realm.json");
    }
}
