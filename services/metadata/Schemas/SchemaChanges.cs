using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Metadata.Dictionaries;
using Platform.Metadata.Fields;
using Platform.Metadata.Objects;

namespace Platform.Metadata.Schemas;

/// <summary>Changes of a company's fields: one at a time, each under a version of its own that all services hear of.</summary>
internal static class SchemaChanges
{
    /// <summary>Runs a change in a transaction that no other change of the same company's fields shares, and announces the field that it gives back.</summary>
    public static Task<Result<V1.Field>> ChangeFieldAsync(
        this MetadataDbContext db, Func<Task<Result<CustomField>>> change, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
        {
            var version = await NextVersionAsync(db, cancellationToken);
            var changed = await change();
            if (changed.IsError)
                return changed.Error;
            await AnnounceAsync(db, version, changed.Value, purged: false, cancellationToken);
            return (Result<V1.Field>)changed.Value.ToMessage();
        }, cancellationToken);

    /// <summary>The same, or where it is only looked at the same way and back: what is wrong is found by the change itself, and nothing of it stays.</summary>
    public static async Task<Result<V1.Field>> ChangeFieldAsync(
        this MetadataDbContext db, Func<Task<Result<CustomField>>> change, bool validateOnly, CancellationToken cancellationToken)
    {
        if (!validateOnly)
            return await db.ChangeFieldAsync(change, cancellationToken);
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        await db.Database.CurrentTransaction!.CreateSavepointAsync("field_look", cancellationToken);
        var changed = await change();
        await db.Database.CurrentTransaction.RollbackToSavepointAsync("field_look", cancellationToken);
        db.ChangeTracker.Clear();
        return changed.IsError ? changed.Error : changed.Value.ToMessage();
    }

    /// <summary>The same for a change of an object.</summary>
    public static Task<Result<V1.ObjectType>> ChangeObjectAsync(
        this MetadataDbContext db, Func<Task<Result<CustomObject>>> change, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
        {
            var version = await NextVersionAsync(db, cancellationToken);
            var changed = await change();
            if (changed.IsError)
                return changed.Error;
            await AnnounceAsync(db, version, changed.Value, purged: false, cancellationToken);
            return (Result<V1.ObjectType>)changed.Value.ToMessage();
        }, cancellationToken);

    /// <summary>Tells of an object that is gone for good; in an open transaction.</summary>
    public static async Task AnnouncePurgeAsync(this MetadataDbContext db, CustomObject known, CancellationToken cancellationToken) =>
        await AnnounceAsync(db, await NextVersionAsync(db, cancellationToken), known, purged: true, cancellationToken);

    /// <summary>Tells of a field that is gone for good; in an open transaction.</summary>
    public static async Task AnnouncePurgeAsync(this MetadataDbContext db, CustomField field, CancellationToken cancellationToken) =>
        await AnnounceAsync(db, await NextVersionAsync(db, cancellationToken), field, purged: true, cancellationToken);

    /// <summary>From here to the end of the transaction no field of the company changes elsewhere.</summary>
    public static Task HoldSchemaAsync(this MetadataDbContext db, CancellationToken cancellationToken) => NextVersionAsync(db, cancellationToken);

    /// <summary>Publishes that the choices of these fields changed, with the next save.</summary>
    public static async Task AnnounceUsersAsync(this MetadataDbContext db, string dictionary, CancellationToken cancellationToken)
    {
        var users = (await db.ChoiceFieldsAsync(cancellationToken)).Where(field => !field.IsDeleted && field.Definition.Dictionary == dictionary).ToList();
        if (users.Count == 0)
            return;
        var version = await NextVersionAsync(db, cancellationToken);
        foreach (var field in users)
            db.Publish(db.Caller.RequiredTenantId, new V1.FieldsChanged { Version = version, Field = field.ToMessage() });
    }

    /// <summary>0 for a company that never had a field.</summary>
    public static Task<long> VersionAsync(this MetadataDbContext db, CancellationToken cancellationToken) =>
        db.SchemaVersions.Select(row => row.Version).SingleOrDefaultAsync(cancellationToken);

    private static async Task AnnounceAsync(MetadataDbContext db, long version, CustomField field, bool purged, CancellationToken cancellationToken)
    {
        // After the save, so that the event has the etag that the answer has.
        db.Publish(db.Caller.RequiredTenantId, new V1.FieldsChanged { Version = version, Field = field.ToMessage(), Purged = purged });
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task AnnounceAsync(MetadataDbContext db, long version, CustomObject known, bool purged, CancellationToken cancellationToken)
    {
        db.Publish(db.Caller.RequiredTenantId, new V1.ObjectTypeChanged { Version = version, ObjectType = known.ToMessage(), Purged = purged });
        await db.SaveChangesAsync(cancellationToken);
    }

    // Writing the row holds it until the transaction ends.
    private static async Task<long> NextVersionAsync(MetadataDbContext db, CancellationToken cancellationToken) => (await db.Database.SqlQuery<long>(
        $"""
        INSERT INTO schema_versions AS known (tenant_id, version) VALUES ({db.Caller.RequiredTenantId}, 1)
        ON CONFLICT (tenant_id) DO UPDATE SET version = known.version + 1
        RETURNING version AS "Value"
        """).ToListAsync(cancellationToken)).Single();
}
