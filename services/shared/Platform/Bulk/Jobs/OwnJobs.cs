using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Tenancy;

namespace Platform.Bulk;

/// <summary>Whose job is whose: what is told of one tells of records, and of what somebody did with them.</summary>
internal static class OwnJobs
{
    private const string Administration = "tenants.admin";

    /// <summary>Who gave its rights to a job, for lists and for who is told of its end.</summary>
    public static string IdOf(Caller caller) => caller.Kind == CallerKind.Service && caller.OnBehalfOf.Length > 0 ? caller.OnBehalfOf : caller.Subject;

    /// <summary>The jobs that the caller began; all of the company for an administrator.</summary>
    public static IQueryable<BulkJob> Own(this PlatformDbContext db)
    {
        var (subject, isAdministrator) = (IdOf(db.Caller), db.Caller.Permissions.Contains(Administration));
        return db.Set<BulkJob>().Where(job => isAdministrator || job.StartedBy == subject);
    }

    /// <summary>One of them, held until the transaction ends: nothing is done of it meanwhile.</summary>
    public static async Task<BulkJob?> HoldOwnAsync(this PlatformDbContext db, Guid id, CancellationToken cancellationToken) =>
        await db.HoldAsync(id, cancellationToken) is { } job && (job.StartedBy == IdOf(db.Caller) || db.Caller.Permissions.Contains(Administration)) ? job : null;

    /// <summary>The same, whosever it is.</summary>
    public static Task<BulkJob?> HoldAsync(this PlatformDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Set<BulkJob>().FromSql($"SELECT *, xmin FROM bulk_jobs WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(cancellationToken);
}
