using System.Collections.Concurrent;

namespace Platform.Sidecar.Resiliency;

/// <summary>
/// The policies of one app by target. What a target names counts; a target that no file has takes the default policies,
/// from the narrowest name to the widest.
/// </summary>
internal sealed class ResiliencyPolicies(ResiliencyFile file, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Policy> _policies = new();
    private readonly ConcurrentDictionary<string, CircuitBreaker> _breakers = new();

    /// <summary>Of calls to an app.</summary>
    public Policy App(string id) => _policies.GetOrAdd($"app/{id}", key => Create(
        file.Apps.GetValueOrDefault(id) ?? Defaults(["App"]), names => [Breaker(names, key)]));

    /// <summary>Of what the API asks of a component.</summary>
    public Policy Outbound(ComponentKind kind, string name) => Component(kind, name, ComponentDirection.Outbound);

    /// <summary>Of what a component brings to the app.</summary>
    public Policy Inbound(ComponentKind kind, string name) => Component(kind, name, ComponentDirection.Inbound);

    /// <summary>Of calls to an actor; its circuit breakers are its own, its type's, or both.</summary>
    public Policy Actor(string type, string id)
    {
        var names = file.Actors.GetValueOrDefault(type) ?? Defaults(["Actor"]);
        return Create(names, _ => names.CircuitBreakerScope switch
        {
            "type" => [Breaker(names, $"actor/{type}")],
            "id" => [Breaker(names, $"actor/{type}/{id}")],
            _ => [Breaker(names, $"actor/{type}"), Breaker(names, $"actor/{type}/{id}")],
        });
    }

    /// <summary>One of <see cref="BuiltIn"/>.</summary>
    public Policy OfName(string builtIn) => _policies.GetOrAdd($"built-in/{builtIn}", _ => new Policy(null, file.Retries[builtIn], [], time));

    /// <summary>The circuit breakers that there are, by target.</summary>
    public IReadOnlyDictionary<string, CircuitBreaker> Breakers => _breakers;

    private Policy Component(ComponentKind kind, string name, ComponentDirection direction) => _policies.GetOrAdd($"{direction}/{name}", key => Create(
        file.Components.GetValueOrDefault((name, direction)) ?? Defaults([$"{kind}Component{direction}", $"Component{direction}", "Component"]),
        names => [Breaker(names, key)]));

    private Policy Create(PolicyNames names, Func<PolicyNames, CircuitBreaker[]> breakers)
    {
        if (names is { Timeout: null, Retry: null, CircuitBreaker: null })
            return Policy.None;
        return new Policy(
            names.Timeout is { } timeout && file.Timeouts[timeout] is var limit && limit > TimeSpan.Zero ? limit : null,
            names.Retry is { } retry ? file.Retries[retry] : null,
            names.CircuitBreaker is null ? [] : breakers(names),
            time);
    }

    private CircuitBreaker Breaker(PolicyNames names, string key)
    {
        // Actors come and go without end: the breakers of some are forgotten when there are too many.
        if (_breakers.Count > names.CacheSize && _breakers.Keys.FirstOrDefault(other => other.StartsWith("actor/", StringComparison.Ordinal)) is { } one)
            _breakers.TryRemove(one, out _);
        return _breakers.GetOrAdd(key, _ => new CircuitBreaker(file.CircuitBreakers[names.CircuitBreaker!], time));
    }

    private PolicyNames Defaults(string[] levels)
    {
        return new PolicyNames(Name("Timeout", file.Timeouts), Name("Retry", file.Retries), Name("CircuitBreaker", file.CircuitBreakers));

        string? Name<T>(string kind, Dictionary<string, T> policies) =>
            levels.Append("").Select(level => $"Default{level}{kind}Policy").FirstOrDefault(policies.ContainsKey);
    }
}
