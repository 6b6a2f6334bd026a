namespace Platform.Auditing;

/// <summary>How much one call about a log may ask for.</summary>
public static class AuditLimits
{
    /// <summary>Entries in one answer.</summary>
    public const int Entries = 1000;

    /// <summary>Heads to be compared.</summary>
    public const int Heads = 5000;
}
