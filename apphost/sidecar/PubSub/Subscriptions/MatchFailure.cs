namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>
/// The value of a part of an expression that cannot be evaluated; as in CEL the other side of <c>&amp;&amp;</c> or <c>||</c> may still decide.
/// </summary>
internal sealed record MatchFailure(string Reason);
