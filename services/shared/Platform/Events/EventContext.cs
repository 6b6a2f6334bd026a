namespace Platform.Events;

/// <summary>What a handler knows of an event beside its message.</summary>
/// <param name="Id">CloudEvents id; unique with the source.</param>
/// <param name="TenantId">The tenant in which it happened, and in which the handler works.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Services">The scope of this delivery.</param>
public sealed record EventContext(string Id, Guid TenantId, DateTimeOffset Time, IServiceProvider Services)
{
    /// <summary>Id of the person who caused the event; empty where nobody is known.</summary>
    public string CausedBy { get; init; } = "";
}
