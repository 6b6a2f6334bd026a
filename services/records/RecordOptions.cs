namespace Platform.Records;

/// <summary>Settings of the deletion of records, and of taking imports back, in <c>Records</c>.</summary>
internal sealed record RecordOptions
{
    /// <summary>How long a deleted record can be restored. Default: 30 days.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How many records change with the deletion of one, at most. Default: 1,000.</summary>
    public int MaxRelated { get; init; } = 1_000;

    /// <summary>For how long an import can be taken back. Default: 30 days.</summary>
    public TimeSpan UndoImportWithin { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How often is looked for records whose time has come. Default: a minute.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(1);
}
