using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Records.Objects;

namespace Platform.Records.Imports.Writing;

/// <summary>One statement for the new rows of a batch.</summary>
internal static class BulkInserts
{
    public static Task InsertAsync(this RecordsDbContext db, List<Record> rows, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO records (tenant_id, id, object_key, number, name, custom_fields, owner_id, create_time, update_time)
        SELECT {db.Caller.RequiredTenantId}, row.id, {rows[0].ObjectKey}, row.number, row.name, row.custom_fields::jsonb, {rows[0].OwnerId}::uuid, row.create_time, row.create_time
        FROM unnest(
            {rows.ConvertAll(row => row.Id)}, {rows.ConvertAll(row => row.Number)}, {rows.ConvertAll(row => row.Name)},
            {rows.ConvertAll(row => JsonFormatter.Default.Format(row.CustomFields))}, {rows.ConvertAll(row => row.CreateTime)})
            AS row (id, number, name, custom_fields, create_time)
        """,
        cancellationToken);
}
