using Google.Rpc;
using Platform.Errors;
using static Platform.Languages.Wording;
using Error = Platform.Errors.Error;

namespace Platform.Bulk;

internal static class BulkErrors
{
    public static readonly Error Running = Error.Precondition("BULK_JOB_RUNNING", "This job is still under way: wait until it has ended, or stop it.");

    public static readonly Error Once = Error.Precondition("BULK_JOB_UNDONE", "There is nothing more of this job to take back: it was taken back, or is at this moment.");

    public static readonly Error Nothing = Error.Precondition("NOTHING_TO_UNDO", "This job has changed nothing.");

    public static readonly Error NoFile = Error.Precondition("NO_FILE", "This job wrote no file.");

    public static readonly Error FileGone = Error.Precondition("FILE_GONE", "The file is deleted by now: export the records again.");

    public static readonly Error Unchanged = Error.Precondition("UNCHANGED", "The record is like that already.");

    public static readonly Error Broken = new(Code.Internal, "INTERNAL", "Something went wrong with this record.");

    public static readonly Error Hidden = new(Code.PermissionDenied, "DENIED_BY_POLICY", "Policies do not let you see this record: ask somebody who may take the job back.");

    public static readonly Error FewerRights = new(Code.PermissionDenied, "FEWER_RIGHTS", "The file has what could be seen when it was asked for: fetch it with all the rights of that time.");

    public static Error TooMany(int most) => new(Code.ResourceExhausted, "TOO_MANY_JOBS", Say($"{most} jobs of yours are under way: wait until one has ended, or stop it."));

    public static Error TooManyOfAll(int most) => new(Code.ResourceExhausted, "TOO_MANY_JOBS", Say($"{most} jobs of your company are under way: wait until one has ended, or stop it."));

    public static Error TooManyExports(int most) => new(
        Code.ResourceExhausted, "TOO_MANY_EXPORTS", Say($"{most} exports of your company are under way: wait until one has ended, stop one, or ask for fewer records by a filter."));

    public static Error NotFound(string id) => Error.NotFound("job", id);

    public static Error TooLate(TimeSpan within) => Error.Precondition("UNDO_TOO_LATE", Say($"A job can be taken back for {within.TotalHours:0} hours; what its records held before is deleted since."));
}
