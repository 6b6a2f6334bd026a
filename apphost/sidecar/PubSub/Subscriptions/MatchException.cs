namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>A routing rule cannot be decided for an event, which lacks what the rule asks for.</summary>
internal sealed class MatchException(string reason) : Exception(reason);
