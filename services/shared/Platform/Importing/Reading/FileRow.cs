namespace Platform.Importing.Reading;

/// <summary>A row of the file: as many fields as the header at least, or what is wrong with it.</summary>
/// <param name="Line">Line of the file, or row of the sheet, where it begins.</param>
/// <param name="Fields">Its fields; none where it is wrong.</param>
/// <param name="Fault">Why it cannot be read; null where it can.</param>
public sealed record FileRow(long Line, string[] Fields, RowFault? Fault)
{
    /// <summary>The fields as they stand in the file, also of a row that is wrong; none of one that is too long.</summary>
    public IReadOnlyList<string> Cells { get; init; } = Fields;
}
