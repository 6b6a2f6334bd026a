using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;
using Platform.Sidecar.State;

namespace Platform.Sidecar.Actors;

/// <summary>One operation of an actor's transaction; there is a value to write, or else it is a deletion.</summary>
internal sealed record ActorStateOperation(string Key, ReadOnlyMemory<byte>? Value, IReadOnlyDictionary<string, string> Metadata);

/// <summary>The state of actors, in the rows that daprd's actors have: <c>app||type||id||key</c>.</summary>
internal sealed class ActorState(ActorPlacement placement)
{
    private const string TimeToLiveFeature = "ActorStateTTL";

    /// <returns>Null where there is nothing.</returns>
    public static async Task<StateEntry?> Get(SidecarApp app, ActorAddress actor, string key, CancellationToken cancellationToken)
    {
        MustNotBeReserved(actor);
        var store = Store(app);
        try
        {
            var found = await store.Get([Key(app, actor, key)], cancellationToken);
            return found is [var entry, ..] ? entry : null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw ActorErrors.StateGet(error.Message).AsException(error);
        }
    }

    public async Task Transact(
        SidecarApp app, ActorAddress actor, IEnumerable<ActorStateOperation> operations, CancellationToken cancellationToken)
    {
        MustNotBeReserved(actor);
        var store = Store(app);
        if (placement.HostOf(app.Id)?.IsActive(actor) is not true)
            throw ActorErrors.InstanceMissing.AsException();
        try
        {
            await store.Transact([.. operations.Select(operation => Change(app, actor, operation))], cancellationToken);
        }
        catch (Exception error) when (error is not (DaprException or OperationCanceledException))
        {
            throw ActorErrors.StateSave(error.Message).AsException(error);
        }
    }

    private static IStateStore Store(SidecarApp app) => app.ActorStateStore ?? throw ActorErrors.NoStateStore.AsException();

    private static string Key(SidecarApp app, ActorAddress actor, string key) => $"{app.Id}||{actor}||{key}";

    private static StateChange Change(SidecarApp app, ActorAddress actor, ActorStateOperation operation) => operation.Key.Length == 0
        ? throw new FormatException("missing key")
        : new StateChange(Key(app, actor, operation.Key), operation.Value) { TimeToLive = TimeToLive(app, operation.Metadata) };

    private static TimeSpan? TimeToLive(SidecarApp app, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(StateRequests.Ttl, out var text))
            return null;
        if (!app.Configuration.Any(configuration => configuration.Document.Items("spec", "features").Any(IsTimeToLive)))
            throw new FormatException($"ttlInSeconds is not supported without the \"{TimeToLiveFeature}\" feature enabled");
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) || seconds < -1)
            throw new FormatException($"error parsing TTL: invalid value for ttlInSeconds: {text}");
        return seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static bool IsTimeToLive(JsonNode feature) => feature.Text("name") == TimeToLiveFeature && feature.Text("enabled") is "true";

    private static void MustNotBeReserved(ActorAddress actor)
    {
        if (actor.IsReserved)
            throw ActorErrors.Reserved(actor.Type).AsException();
    }
}
