using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.Access;
using Platform.Data;

namespace Platform.CustomFields.Values;

/// <summary>Where the records of a kind are, in SQL.</summary>
internal static class RecordTables
{
    /// <summary>Their table.</summary>
    public static string Of(PlatformDbContext db, string resource) => db.Model.GetEntityTypes().Single(type => IsOf(type, resource)).GetTableName()!;

    /// <summary>Which of its rows they are, as a condition that begins with AND; empty for all.</summary>
    public static string RowsOf(string resource) => ResourceCatalogue.Find(resource)!.Rows is { Length: > 0 } rows ? $" AND {rows}" : "";

    /// <summary>The kind of record that a table has; null where it has none that policies know.</summary>
    public static ProtectedResource? KindIn(PlatformDbContext db, string table) =>
        db.Model.GetEntityTypes().FirstOrDefault(type => type.GetTableName() == table && typeof(ProtectedEntity).IsAssignableFrom(type.ClrType)) is { } type ? KindOf(type) : null;

    private static bool IsOf(IEntityType type, string resource) => typeof(ProtectedEntity).IsAssignableFrom(type.ClrType)
        && KindOf(type).Find(resource) is not null;

    private static ProtectedResource KindOf(IEntityType type) => (ProtectedResource)type.ClrType.GetProperty("Resource")!.GetValue(null)!;
}
