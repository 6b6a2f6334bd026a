using Platform.Errors;

namespace Platform.Bulk;

/// <summary>What became of one record of a job.</summary>
/// <param name="Id">The record.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Error">Why it was not written; null where it was.</param>
internal sealed record BulkResult(Guid Id, V1.BulkOutcome Outcome, Error? Error = null)
{
    /// <summary>Its message as it was.</summary>
    public byte[]? Before { get; init; }

    /// <summary>Its time of change as the job left it, or as taking it back did.</summary>
    public DateTimeOffset? AfterTime { get; init; }

    /// <summary>Its time of change before the job, where it is as it was then.</summary>
    public DateTimeOffset? BeforeTime { get; init; }

    public List<string>? Readers { get; init; }

    public List<string>? Writers { get; init; }

    public byte[]? Company { get; init; }

    public Guid? MergeId { get; init; }

    public static BulkResult Failed(Guid id, Error error) => new(id, V1.BulkOutcome.Failed, error);

    public static BulkResult Kept(Guid id, string reason) => new(id, V1.BulkOutcome.Kept, Platform.Errors.Error.Precondition(reason, ""));
}
