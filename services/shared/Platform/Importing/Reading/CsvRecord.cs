namespace Platform.Importing.Reading;

/// <summary>A record before its fields are split.</summary>
/// <param name="Line">Line of the file where it begins.</param>
/// <param name="Text">Without the line break that ends it; empty where it is too long.</param>
/// <param name="Fault">Why it cannot be read.</param>
internal readonly record struct CsvRecord(long Line, string Text, RecordFault Fault);

internal enum RecordFault
{
    None,
    TooLong,
    BrokenQuotes,
}
