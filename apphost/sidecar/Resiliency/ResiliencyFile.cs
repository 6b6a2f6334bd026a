using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Resiliency;

/// <summary>The policies that a target names; an empty name is none.</summary>
internal sealed record PolicyNames(string? Timeout, string? Retry, string? CircuitBreaker)
{
    /// <summary>Of actors: type, id or both.</summary>
    public string CircuitBreakerScope { get; init; } = "both";

    public int CacheSize { get; init; } = 5000;
}

/// <summary>All <c>Resiliency</c> documents of an app, read and checked; what a later one names again replaces the earlier.</summary>
internal sealed class ResiliencyFile
{
    public Dictionary<string, TimeSpan> Timeouts { get; } = [];
    public Dictionary<string, RetryPolicy> Retries { get; } = BuiltInRetries();
    public Dictionary<string, CircuitBreakerOptions> CircuitBreakers { get; } = [];
    public Dictionary<string, PolicyNames> Apps { get; } = [];
    public Dictionary<string, PolicyNames> Actors { get; } = [];
    public Dictionary<(string Name, ComponentDirection Direction), PolicyNames> Components { get; } = [];

    /// <exception cref="StartupException">A policy cannot be read, or a target names one that there is not.</exception>
    public static ResiliencyFile Read(IEnumerable<ResourceFile> resources)
    {
        var file = new ResiliencyFile();
        foreach (var resource in resources.Where(resource => resource.Kind == "Resiliency"))
            file.Add(resource);
        return file;
    }

    private void Add(ResourceFile resource)
    {
        var policies = resource.Document.At("spec", "policies");
        foreach (var (name, duration) in policies.Map("timeouts"))
            Timeouts[name] = GoDuration.Parse(duration, $"{resource.File}: timeout '{name}'");
        foreach (var (name, retry) in Named(policies, "retries"))
            Retries[name] = Checked(resource, $"retry '{name}'", () => Retry(resource, name, retry));
        foreach (var (name, breaker) in Named(policies, "circuitBreakers"))
            CircuitBreakers[name] = Checked(resource, $"circuit breaker '{name}'", () => Breaker(resource, name, breaker));
        var targets = resource.Document.At("spec", "targets");
        foreach (var (name, target) in Named(targets, "apps"))
            Apps[name] = Names(resource, name, target);
        foreach (var (name, target) in Named(targets, "actors"))
            Actors[name] = Names(resource, name, target);
        foreach (var (name, target) in Named(targets, "components"))
        {
            Components[(name, ComponentDirection.Outbound)] = Names(resource, name, target.At("outbound"));
            Components[(name, ComponentDirection.Inbound)] = Names(resource, name, target.At("inbound"));
        }
    }

    private static RetryPolicy Retry(ResourceFile resource, string name, JsonNode? retry)
    {
        var defaults = new RetryPolicy();
        return new RetryPolicy
        {
            IsExponential = (retry.Text("policy")?.ToLowerInvariant() ?? "constant") switch
            {
                "constant" => false,
                "exponential" => true,
                var other => throw new FormatException($"policy '{other}' is neither constant nor exponential"),
            },
            Duration = Duration(resource, name, retry, "duration") ?? defaults.Duration,
            InitialInterval = Duration(resource, name, retry, "initialInterval") ?? defaults.InitialInterval,
            MaxInterval = Duration(resource, name, retry, "maxInterval") ?? defaults.MaxInterval,
            MaxRetries = Number(retry, "maxRetries") ?? defaults.MaxRetries,
            HttpStatuses = retry.Text("matching", "httpStatusCodes") is { Length: > 0 } http ? StatusRanges.Parse(http, 100, 599) : null,
            GrpcStatuses = retry.Text("matching", "gRPCStatusCodes") is { Length: > 0 } grpc ? StatusRanges.Parse(grpc, 0, 16) : null,
        };
    }

    private static CircuitBreakerOptions Breaker(ResourceFile resource, string name, JsonNode? breaker)
    {
        var defaults = new CircuitBreakerOptions(name);
        return defaults with
        {
            MaxRequests = Number(breaker, "maxRequests") is { } most and > 0 ? most : defaults.MaxRequests,
            Interval = Duration(resource, name, breaker, "interval") ?? defaults.Interval,
            Timeout = Duration(resource, name, breaker, "timeout") is { } timeout && timeout > TimeSpan.Zero ? timeout : defaults.Timeout,
            Trip = breaker.Text("trip") is { Length: > 0 } trip ? TripExpression.Parse(trip) : defaults.Trip,
        };
    }

    private PolicyNames Names(ResourceFile resource, string target, JsonNode? names)
    {
        return new PolicyNames(Known("timeout", Timeouts), Known("retry", Retries), Known("circuitBreaker", CircuitBreakers))
        {
            CircuitBreakerScope = names.Text("circuitBreakerScope")?.ToLowerInvariant() ?? "both",
            CacheSize = Checked(resource, $"target '{target}'", () => Number(names, "circuitBreakerCacheSize")) ?? 5000,
        };

        string? Known<T>(string kind, Dictionary<string, T> policies) =>
            names.Text(kind) is not { Length: > 0 } name ? null
            : policies.ContainsKey(name) ? name
            : throw new StartupException($"{resource.File}: target '{target}' names the {kind} '{name}', which there is not");
    }

    private static T Checked<T>(ResourceFile resource, string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException error)
        {
            throw new StartupException($"{resource.File}: {what}: {error.Message}", error);
        }
    }

    private static TimeSpan? Duration(ResourceFile resource, string name, JsonNode? policy, string key) =>
        policy.Text(key) is { Length: > 0 } text ? GoDuration.Parse(text, $"{resource.File}: {key} of '{name}'") : null;

    private static int? Number(JsonNode? policy, string key) =>
        policy.Text(key) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"{key} '{text}' is not a number");

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Named(JsonNode? holder, string key) => holder.At(key) as JsonObject ?? [];

    private static Dictionary<string, RetryPolicy> BuiltInRetries() => new()
    {
        [BuiltIn.ServiceRetries] = new RetryPolicy { Duration = TimeSpan.FromSeconds(1), MaxRetries = 3 },
        [BuiltIn.ActorRetries] = new RetryPolicy { Duration = TimeSpan.FromSeconds(1), MaxRetries = 3 },
        [BuiltIn.ActorReminderRetries] = new RetryPolicy { IsExponential = true },
        [BuiltIn.InitializationRetries] = new RetryPolicy { IsExponential = true, MaxRetries = 3, MaxElapsed = TimeSpan.FromSeconds(10) },
    };
}

/// <summary>The names of the policies that are there without a file; a file may give them another content.</summary>
internal static class BuiltIn
{
    public const string ServiceRetries = "DaprBuiltInServiceRetries";
    public const string ActorRetries = "DaprBuiltInActorRetries";
    public const string ActorReminderRetries = "DaprBuiltInActorReminderRetries";
    public const string InitializationRetries = "DaprBuiltInInitializationRetries";
}
