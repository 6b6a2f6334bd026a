using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;

namespace Platform.Records.Objects;

internal static class RecordConfiguration
{
    public const string Table = "records";
    public const string UniqueNumber = "ix_records_number";

    public static void Map(EntityTypeBuilder<Record> builder)
    {
        builder.IsProtectedResource(Table);
        // One table for all objects: a list of one walks its own part of this index.
        builder.HasIndex(record => new { record.TenantId, record.ObjectKey, record.Id }).HasFilter("delete_time IS NULL").HasDatabaseName("ix_records_in_use");
        builder.HasIndex(record => new { record.TenantId, record.ObjectKey, record.Id }).HasFilter("delete_time IS NOT NULL").HasDatabaseName("ix_records_deleted");
        // Lists in the order of these read a page along them; that by name is an index of an expression, which the migration makes.
        builder.HasIndex(record => new { record.TenantId, record.ObjectKey, record.CreateTime, record.Id }).HasFilter("delete_time IS NULL").HasDatabaseName("ix_records_create_time");
        builder.HasIndex(record => new { record.TenantId, record.ObjectKey, record.UpdateTime, record.Id }).HasFilter("delete_time IS NULL").HasDatabaseName("ix_records_update_time");
        builder.HasIndex(record => new { record.TenantId, record.ObjectKey, record.Number }).IsUnique().HasFilter("number <> ''").HasDatabaseName(UniqueNumber);
    }
}
