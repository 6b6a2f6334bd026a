namespace Platform.Importing;

/// <summary>What one import takes. Lengths are characters.</summary>
public static class ImportLimits
{
    /// <summary>Of a file.</summary>
    public const long MaxBytes = 256 * 1024 * 1024;

    /// <summary>Of a row.</summary>
    public const int MaxRow = 64 * 1024;

    /// <summary>Of a field.</summary>
    public const int MaxField = 8 * 1024;

    /// <summary>Rows that are written in one transaction.</summary>
    public const int BatchRows = 500;

    /// <summary>After so many rows progress is told.</summary>
    public const int ProgressRows = 1_000;

    /// <summary>So many rejected rows stand in the summary.</summary>
    public const int SummaryErrors = 1_000;
}
