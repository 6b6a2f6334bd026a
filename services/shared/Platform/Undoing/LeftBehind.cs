using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Platform.Undoing;

/// <summary>
/// What jobs and imports left behind. A record that is as it was before one of them is what the one before that left: it can be taken back
/// as well, the last one first.
/// </summary>
public static class LeftBehind
{
    /// <summary>Moves the times by which is known that nobody changed the records since, in the transaction that puts them back.</summary>
    /// <param name="db">The unit of work, with the records saved.</param>
    /// <param name="resource">Their kind.</param>
    /// <param name="records">The records that are as they were.</param>
    /// <param name="isImported">Whether the service's imports note what they wrote as well.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task FollowAsync(PlatformDbContext db, string resource, IReadOnlyCollection<BroughtBack> records, bool isImported, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (records.Count == 0)
            return;
        var tenant = db.Caller.RequiredTenantId;
        var (ids, before, after) = (records.Select(record => record.Id).ToArray(), records.Select(record => record.Before).ToArray(), records.Select(record => record.After).ToArray());
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE bulk_items SET after_time = row.after FROM unnest({ids}, {before}, {after}) AS row (id, before, after), bulk_jobs AS job
            WHERE job.tenant_id = {tenant} AND job.resource = {resource} AND NOT job.is_forgotten
                AND bulk_items.tenant_id = job.tenant_id AND bulk_items.job_id = job.id AND bulk_items.record_id = row.id AND bulk_items.after_time = row.before
            """,
            cancellationToken);
        if (!isImported)
            return;
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE imported_records SET after_time = row.after FROM unnest({ids}, {before}, {after}) AS row (id, before, after), imports AS import
            WHERE import.tenant_id = {tenant} AND imported_records.tenant_id = import.tenant_id AND imported_records.import_id = import.id
                AND imported_records.record_id = row.id AND imported_records.after_time = row.before AND imported_records.reason IS NULL
            """,
            cancellationToken);
    }

    /// <summary>The time of change of a record as it was noted; null where its kind has none.</summary>
    public static DateTimeOffset? TimeOf(IMessage noted)
    {
        ArgumentNullException.ThrowIfNull(noted);
        return (noted.Descriptor.FindFieldByName("update_time")?.Accessor.GetValue(noted) as Timestamp)?.ToDateTimeOffset();
    }
}

/// <summary>A record that is as it was.</summary>
/// <param name="Id">The record.</param>
/// <param name="Before">Its time of change then.</param>
/// <param name="After">Its time of change now.</param>
public readonly record struct BroughtBack(Guid Id, DateTimeOffset Before, DateTimeOffset After);
