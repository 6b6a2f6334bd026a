namespace Platform.Auditing;

/// <summary>How much one call about a log may ask for.</summary>
public static class AuditLimits
{
    /// <summary>Entries in one answer.</summary>
    public const int Entries = 1000;

    /// <summary>Characters of before, and of after, that an answer shows.</summary>
    internal const int FieldsLength = 512 * 1024;

    /// <summary>Bytes of entries after which an answer ends.</summary>
    internal const int AnswerSize = 1024 * 1024;

    /// <summary>Heads to be compared.</summary>
    public const int Heads = 5000;
}
