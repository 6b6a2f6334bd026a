using Platform.Data;

namespace Platform.Events;

/// <summary>Wakes the relay.</summary>
public sealed class OutboxSignal() : WorkSignal(typeof(OutboxMessage));
