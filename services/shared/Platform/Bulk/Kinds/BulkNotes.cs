using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Languages;

namespace Platform.Bulk;

/// <summary>Notes what became of records, in the transaction that wrote them.</summary>
internal static class BulkNotes
{
    /// <summary>Notes it with what they held before.</summary>
    public static Task WriteAsync(PlatformDbContext db, Guid job, IReadOnlyList<BulkResult> results, CancellationToken cancellationToken)
    {
        var errors = results.Select(result => result.Error?.Spoken()).ToList();
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE bulk_items SET outcome = row.outcome, code = row.code, message = row.message, before = coalesce(row.before, bulk_items.before), after_time = coalesce(row.after_time, bulk_items.after_time),
                readers = CASE WHEN row.readers IS NULL THEN bulk_items.readers ELSE string_to_array(row.readers, ' ') END, writers = CASE WHEN row.writers IS NULL THEN bulk_items.writers ELSE string_to_array(row.writers, ' ') END,
                company = coalesce(row.company, bulk_items.company), merge_id = coalesce(row.merge_id, bulk_items.merge_id)
            FROM unnest(
                {results.Select(result => result.Id).ToArray()}, {results.Select(result => result.Outcome.ToString()).ToArray()}, {errors.Select(error => error?.Code).ToArray()}::text[],
                {errors.Select(error => error?.Message).ToArray()}::text[], {results.Select(result => result.Before).ToArray()}::bytea[], {results.Select(result => result.AfterTime).ToArray()}::timestamptz[],
                {results.Select(result => Joined(result.Readers)).ToArray()}::text[], {results.Select(result => Joined(result.Writers)).ToArray()}::text[],
                {results.Select(result => result.Company).ToArray()}::bytea[], {results.Select(result => result.MergeId).ToArray()}::uuid[])
                AS row (id, outcome, code, message, before, after_time, readers, writers, company, merge_id)
            WHERE bulk_items.tenant_id = {db.Caller.RequiredTenantId} AND bulk_items.job_id = {job} AND bulk_items.record_id = row.id
            """,
            cancellationToken);
    }

    // Keys of shares have no spaces.
    private static string? Joined(List<string>? keys) => keys is null ? null : string.Join(' ', keys);
}
