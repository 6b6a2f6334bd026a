using Platform.Access;
using Platform.Records.Objects;

namespace Platform.Records.Imports.Undoing;

/// <summary>The records that an import wrote.</summary>
internal static class ImportedRows
{
    /// <summary>All of them, whoever may see them.</summary>
    public static IQueryable<Record> Imported(this ProtectedSet<Record> rows, Guid import) =>
        rows.FromSqlByRule($"SELECT *, xmin FROM records WHERE id IN (SELECT record_id FROM imported_records WHERE import_id = {import})");

    /// <summary>Those of these ids, which are in their order, held until the transaction ends. The range keeps PostgreSQL from reading all rows of a company of which it knows little.</summary>
    public static IQueryable<Record> Held(this ProtectedSet<Record> rows, Guid[] ids) =>
        rows.FromSqlByRule($"SELECT *, xmin FROM records WHERE id BETWEEN {ids[0]} AND {ids[^1]} AND id = ANY ({ids}) ORDER BY id FOR UPDATE");
}
