namespace Platform.LocalPostgres;

/// <summary>PostgreSQL cannot be run here; the message says why and what helps.</summary>
public sealed class LocalPostgresException(string message, Exception? inner = null) : Exception(message, inner);
