using System.Diagnostics;
using Grpc.Core;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Observability;

namespace Platform.Sidecar.Secrets;

/// <summary>What the secrets API does, for both protocols.</summary>
internal static class SecretRequests
{
    public static IReadOnlyDictionary<string, string> Get(SidecarApp app, string store, string name)
    {
        var found = Find(app, store);
        if (!SecretScopes.Allows(app, store, name))
            throw new DaprError(403, StatusCode.PermissionDenied, "ERR_PERMISSION_DENIED", $"access denied by policy to get \"{name}\" from \"{store}\"").AsException();
        var started = Stopwatch.GetTimestamp();
        var secret = found.Get(name);
        Note(app, store, "get", secret is not null, started);
        return secret ?? throw new DaprError(
            500, StatusCode.Internal, "ERR_SECRET_GET", $"failed getting secret with key {name} from secret store {store}: secret {name} not found").AsException();
    }

    public static IEnumerable<KeyValuePair<string, IReadOnlyDictionary<string, string>>> GetAll(SidecarApp app, string store)
    {
        var found = Find(app, store);
        var started = Stopwatch.GetTimestamp();
        var secrets = found.GetAll().Where(secret => SecretScopes.Allows(app, store, secret.Key));
        Note(app, store, "bulk_get", success: true, started);
        return secrets;
    }

    private static void Note(SidecarApp app, string store, string operation, bool success, long started)
    {
        var word = success ? "true" : "false";
        app.Metrics.Count(Metric.Secrets, store, app.Metrics.Namespace, operation, word);
        app.Metrics.Observe(Metric.SecretLatency, Stopwatch.GetElapsedTime(started), store, app.Metrics.Namespace, operation, word);
    }

    private static ISecretStore Find(SidecarApp app, string store)
    {
        if (!app.Components.Any<ISecretStore>())
            throw new DaprError(500, StatusCode.FailedPrecondition, "ERR_SECRET_STORES_NOT_CONFIGURED", "secret store is not configured").AsException();
        return app.Components.Find<ISecretStore>(store)
            ?? throw new DaprError(401, StatusCode.InvalidArgument, "ERR_SECRET_STORE_NOT_FOUND", $"failed finding secret store with key {store}").AsException();
    }
}
