namespace Platform.Sidecar.Actors;

/// <summary>Which actor: its type and its id.</summary>
internal readonly record struct ActorAddress(string Type, string Id)
{
    private const string ReservedPrefix = "dapr.internal.";

    /// <summary>Types of Dapr's own, which nobody may touch from outside.</summary>
    public bool IsReserved => Type.StartsWith(ReservedPrefix, StringComparison.Ordinal);

    /// <summary>Where the app answers for it.</summary>
    public string Path => $"/actors/{Uri.EscapeDataString(Type)}/{Uri.EscapeDataString(Id)}";

    public override string ToString() => $"{Type}||{Id}";
}
