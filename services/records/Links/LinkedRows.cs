using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Records.Objects;

namespace Platform.Records.Links;

/// <summary>Records that are held until the end of the transaction.</summary>
internal static class LinkedRows
{
    /// <summary>One of those that the caller sees.</summary>
    public static IQueryable<Record> LockedForUpdate(this ProtectedSet<Record> records, RecordsDbContext db, Guid id) =>
        records.FromSql($"SELECT *, xmin FROM records WHERE tenant_id = {db.Caller.RequiredTenantId} AND id = {id} FOR UPDATE");

    /// <summary>Several of those that the caller sees, in one order.</summary>
    public static IQueryable<Record> LockedForUpdate(this ProtectedSet<Record> records, RecordsDbContext db, Guid[] ids) =>
        records.FromSql($"SELECT *, xmin FROM records WHERE tenant_id = {db.Caller.RequiredTenantId} AND id = ANY ({ids}) ORDER BY id FOR UPDATE");

    /// <summary>Those that follow from a change of another one by rules of the company, whoever sees them: the write guard asks whether they may be changed.</summary>
    public static Task<List<Record>> LockAsync(this RecordsDbContext db, ProtectedResource<Record> kind, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var (tenant, meant) = (db.Caller.RequiredTenantId, ids.Distinct().ToArray());
        return db.Records.Of(kind).FromSqlByRule($"SELECT *, xmin FROM records WHERE tenant_id = {tenant} AND id = ANY ({meant}) ORDER BY id FOR UPDATE").ToListAsync(cancellationToken);
    }

    /// <summary>The records of an object that went with the deletion of another one.</summary>
    public static Task<List<Record>> LockGoneWithAsync(this RecordsDbContext db, string objectKey, Guid root, CancellationToken cancellationToken)
    {
        var tenant = db.Caller.RequiredTenantId;
        return db.Records.Of(RecordKinds.Of(objectKey, RecordState.Deleted)).FromSqlByRule(
            $"SELECT *, xmin FROM records WHERE tenant_id = {tenant} AND object_key = {objectKey} AND deleted_with = {root} AND delete_time IS NOT NULL ORDER BY id FOR UPDATE").ToListAsync(cancellationToken);
    }

    /// <summary>Which of them are in use. Whoever deletes one waits; and who waits here finds that it is gone.</summary>
    public static async Task<IReadOnlySet<Guid>> HoldAsync(this RecordsDbContext db, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var (tenant, meant) = (db.Caller.RequiredTenantId, ids.Distinct().ToArray());
        if (meant.Length == 0)
            return new HashSet<Guid>();
        var held = await db.Database.SqlQuery<Guid>(
            $"SELECT id AS \"Value\" FROM records WHERE tenant_id = {tenant} AND id = ANY ({meant}) AND delete_time IS NULL ORDER BY id FOR KEY SHARE").ToListAsync(cancellationToken);
        return held.ToHashSet();
    }
}
