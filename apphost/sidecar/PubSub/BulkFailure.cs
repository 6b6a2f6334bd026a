namespace Platform.Sidecar.PubSub;

/// <summary>An entry of a bulk that the broker did not take.</summary>
internal sealed record BulkFailure(string EntryId, string Error);
