namespace Platform.Bulk;

/// <summary>Settings of work on many records, in <c>Bulk</c>.</summary>
public sealed record BulkOptions
{
    /// <summary>How long a job can be taken back, and the file of an export is kept, from its end. Default: 24 hours.</summary>
    public TimeSpan UndoWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long is told what became of each record, from the end of the job. Default: 30 days.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How many jobs of one person or key may be under way at once. Default: 5.</summary>
    public int JobsPerStarter { get; init; } = 5;

    /// <summary>How many jobs of one company may be under way at once. Default: 20.</summary>
    public int JobsPerCompany { get; init; } = 20;

    /// <summary>How many files of one company may be on their way at once: each is written as a whole, and others wait for it. Default: 3.</summary>
    public int ExportsPerCompany { get; init; } = 3;

    /// <summary>How often is looked for work that another process left behind. Default: a minute.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(1);
}
