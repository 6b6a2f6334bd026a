using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Automation.Processes;

/// <summary>The row of a process, whoever comes first: the event that starts it, or its own first step.</summary>
internal static class ProcessRows
{
    private static readonly UniqueViolation StartedAlready =
        new(ProcessConfiguration.UniqueSubject, Error.AlreadyExists("PROCESS_EXISTS", "The process was started already."));

    /// <summary>Adds the row; false where there is one.</summary>
    public static async Task<bool> TryStartAsync(
        AutomationDbContext db, string type, string subjectType, Guid subjectId, DateTimeOffset now, string causedBy = "", CancellationToken cancellationToken = default)
    {
        db.Processes.Add(Process.Start(type, subjectType, subjectId, now, causedBy));
        if (await db.TrySaveChangesAsync(cancellationToken, StartedAlready) is null)
            return true;
        db.ChangeTracker.Clear();
        return false;
    }

    /// <summary>
    /// The row of a process that is under way. The engine may begin before the event's transaction is committed: the insert
    /// then waits for it. Should that transaction be lost, this row stands for it.
    /// </summary>
    public static async Task<Process> FindOrStartAsync(AutomationDbContext db, string type, string subjectType, Guid subjectId, DateTimeOffset now)
    {
        var rows = db.Processes.Where(row => row.SubjectType == subjectType && row.SubjectId == subjectId && row.Type == type);
        if (await rows.SingleOrDefaultAsync() is { } found)
            return found;
        await TryStartAsync(db, type, subjectType, subjectId, now);
        return await rows.SingleAsync();
    }
}
