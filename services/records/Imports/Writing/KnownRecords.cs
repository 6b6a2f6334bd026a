using Platform.Access;
using Platform.Records.Objects;

namespace Platform.Records.Imports.Writing;

/// <summary>Finding the records of one object by what a file says of them.</summary>
internal static class KnownRecords
{
    /// <param name="rows">The records that the caller may see.</param>
    /// <param name="objectKey">The object.</param>
    /// <param name="names">In small letters.</param>
    public static IQueryable<Record> Called(this ProtectedSet<Record> rows, string objectKey, List<string> names) =>
        rows.FromSql($"SELECT *, xmin FROM records WHERE object_key = {objectKey} AND lower(name) = ANY ({names})");

    /// <param name="rows">The records that the caller may see.</param>
    /// <param name="ids">Their ids.</param>
    public static IQueryable<Record> WithIds(this ProtectedSet<Record> rows, List<Guid> ids) => rows.Where(row => ids.Contains(row.Id));

    /// <param name="rows">The records that the caller may see.</param>
    /// <param name="objectKey">The object.</param>
    /// <param name="field">Key of a custom field.</param>
    /// <param name="texts">Its values, in small letters of ASCII.</param>
    public static IQueryable<Record> WithText(this ProtectedSet<Record> rows, string objectKey, string field, List<string> texts) =>
        rows.FromSql($"SELECT *, xmin FROM records WHERE object_key = {objectKey} AND lower((custom_fields ->> {field}) COLLATE \"C\") = ANY ({texts})");

    /// <param name="rows">The records that the caller may see.</param>
    /// <param name="objectKey">The object.</param>
    /// <param name="field">Key of a custom field.</param>
    /// <param name="values">Its values as JSON.</param>
    public static IQueryable<Record> Unnamed(this ProtectedSet<Record> rows, string objectKey, string field, List<string> values) =>
        rows.FromSql($"SELECT *, xmin FROM records WHERE object_key = {objectKey} AND name = number AND custom_fields -> {field} = ANY ({values}::jsonb[])");
}
