namespace Platform.Contacts.Imports;

/// <summary>What one import takes. Lengths are characters.</summary>
internal static class ImportLimits
{
    public const long MaxBytes = 256 * 1024 * 1024;
    public const int MaxRow = 64 * 1024;
    public const int MaxField = 8 * 1024;
    public const int BatchRows = 500;
    public const int ProgressRows = 1_000;
    public const int SummaryErrors = 1_000;
}
