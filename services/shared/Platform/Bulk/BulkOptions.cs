namespace Platform.Bulk;

/// <summary>Settings of work on many records, in <c>Bulk</c>.</summary>
public sealed record BulkOptions
{
    /// <summary>How long a job can be taken back, and the file of an export is kept, from its end. Default: 24 hours.</summary>
    public TimeSpan UndoWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long is told what became of each record, from the end of the job. Default: 30 days.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How often is looked for work that another process left behind. Default: a minute.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(1);
}
