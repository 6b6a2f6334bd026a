using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Actors;

/// <summary>Reads what an app answers to <c>GET /dapr/config</c>: the actor types that it hosts, each with its settings.</summary>
internal static class ActorConfig
{
    private static readonly TimeSpan LongestDrain = TimeSpan.FromHours(1);

    /// <exception cref="FormatException">A setting makes no sense.</exception>
    public static IReadOnlyDictionary<string, ActorTypeOptions> Parse(JsonNode? config)
    {
        var general = Options(config, new ActorTypeOptions());
        var own = config.Items("entitiesConfig")
            .SelectMany(item => item.Texts("entities"), (item, type) => (Type: type, Options: Options(item, Inherited(general))))
            .DistinctBy(one => one.Type).ToDictionary(one => one.Type, one => one.Options);
        return config.Texts("entities").Where(type => type.Length > 0).Distinct()
            .ToDictionary(type => type, type => own.GetValueOrDefault(type, general));
    }

    // A type with settings of its own takes over how it is drained, and nothing else.
    private static ActorTypeOptions Inherited(ActorTypeOptions general) => new() { Drain = general.Drain, DrainTimeout = general.DrainTimeout };

    private static ActorTypeOptions Options(JsonNode? node, ActorTypeOptions defaults) => new()
    {
        IdleTimeout = Duration(node, "actorIdleTimeout") ?? defaults.IdleTimeout,
        DrainTimeout = Duration(node, "drainOngoingCallTimeout") is not { } drain ? defaults.DrainTimeout
            : drain < LongestDrain ? drain : LongestDrain,
        Drain = node.Text("drainRebalancedActors") is { } drains ? drains is "true" : defaults.Drain,
        IsReentrant = node.Text("reentrancy", "enabled") is "true",
        MaxStackDepth = int.TryParse(node.Text("reentrancy", "maxStackDepth"), NumberStyles.None, CultureInfo.InvariantCulture, out var depth)
            ? depth
            : defaults.MaxStackDepth,
    };

    private static TimeSpan? Duration(JsonNode? node, string key) =>
        node.Text(key) is not { Length: > 0 } text ? null
        : GoDuration.TryParse(text, out var duration) ? duration
        : throw new FormatException($"{key}: '{text}' is not a duration");
}
