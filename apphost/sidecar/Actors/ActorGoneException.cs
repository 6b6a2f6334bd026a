namespace Platform.Sidecar.Actors;

/// <summary>The actor is being deactivated here; whoever wanted it looks for it anew.</summary>
internal sealed class ActorGoneException() : Exception("the actor is being deactivated");
