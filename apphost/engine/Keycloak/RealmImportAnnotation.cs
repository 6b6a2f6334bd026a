using Aspire.Hosting.ApplicationModel;

namespace Platform.LocalHost.Keycloak;

internal sealed record RealmImportAnnotation(string Path) : IResourceAnnotation
{
    /// <summary>The file itself, or the only one in the folder.</summary>
    public string File => Directory.Exists(Path) ? Directory.GetFiles(Path, "*.json").Single() : Path;
}
