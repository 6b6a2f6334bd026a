namespace Platform.Sidecar.Actors;

/// <summary>The app refused what was asked of its actor.</summary>
internal sealed class ActorFailedException(string message) : Exception(message);
