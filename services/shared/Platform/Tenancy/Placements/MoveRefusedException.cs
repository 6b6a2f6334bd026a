namespace Platform.Tenancy.Placements;

/// <summary>A move that cannot begin or go on; the tenant lives where it lived.</summary>
/// <param name="code">Stable, upper case.</param>
/// <param name="message">A sentence for the operator.</param>
public sealed class MoveRefusedException(string code, string message) : Exception(message)
{
    /// <summary>Stable, upper case.</summary>
    public string Code { get; } = code;
}
