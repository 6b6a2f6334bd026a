using System.Text.Json.Nodes;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Secrets;

/// <summary>Which secrets an app may read: <c>spec.secrets.scopes</c> of its Configuration.</summary>
internal static class SecretScopes
{
    public static bool Allows(SidecarApp app, string store, string secret)
    {
        var scope = app.Configuration.SelectMany(configuration => configuration.Document.Items("spec", "secrets", "scopes"))
            .LastOrDefault(scope => scope.Text("storeName") == store);
        return scope is null || Allows(scope, secret);
    }

    private static bool Allows(JsonNode scope, string secret)
    {
        if (scope.Texts("deniedSecrets").Contains(secret))
            return false;
        var allowed = scope.Texts("allowedSecrets");
        return allowed.Count > 0 ? allowed.Contains(secret) : scope.Text("defaultAccess") is not "deny";
    }
}
