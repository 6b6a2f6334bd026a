using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields.RollUps;
using Platform.CustomFields.Values;
using Platform.Data;

namespace Platform.Filtering;

/// <summary>
/// Which fields that an expression reads are still being counted. Until that is done everything about them is unknown, and nothing passes:
/// who keeps what came of an expression keeps what he has.
/// </summary>
public static class CountedFields
{
    /// <summary>Whether all that the fields are made of is counted, for every record; at once where none of them is a roll-up.</summary>
    /// <param name="db">The unit of work; the company's fields are known to its caller.</param>
    /// <param name="read">Kinds of records, each with a field: <c>contacts.company</c>, <c>custom_fields.people</c>.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public static async Task<bool> AreCountedAsync(this PlatformDbContext db, IEnumerable<(string Resource, string Field)> read, CancellationToken cancellationToken)
    {
        var beside = Beside(db, read).ToList();
        // One that is wrong counts nothing until it is mended.
        if (beside.Any(field => field.RollUp is null))
            return false;
        string[] keys = [.. beside.SelectMany(field => field.RollUp!.Counted).Select(rollUp => rollUp.StoredKey).Distinct(StringComparer.Ordinal)];
        return keys.Length == 0 || await db.Counted(index => keys.Contains(index.FieldKey)).Select(index => index.FieldKey).Distinct().CountAsync(cancellationToken) == keys.Length;
    }

    /// <summary>
    /// An expression for the records of which such fields are known; empty where none is read. What a formula makes of roll-ups is computed
    /// a moment after what it reads.
    /// </summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="resource">The kind of record.</param>
    /// <param name="read">What is read.</param>
    public static string KnownIn(this PlatformDbContext db, string resource, IEnumerable<(string Resource, string Field)> read) =>
        string.Join(" AND ", Beside(db, read.Where(one => one.Resource == resource)).Where(field => field.RollUp is RollUpFormula).Select(field => $"({field.Path}:* OR NOT {field.Path}:*)").Distinct());

    private static IEnumerable<(string Path, BesideField? RollUp)> Beside(PlatformDbContext db, IEnumerable<(string Resource, string Field)> read) =>
        from one in read
        where one.Field.StartsWith(ResourceInfo.CustomFieldsPrefix, StringComparison.Ordinal)
        let key = one.Field[ResourceInfo.CustomFieldsPrefix.Length..].Split('.')[0]
        where db.Caller.CustomFields?.Of(one.Resource).Find(key) is { IsBeside: true }
        select (ResourceInfo.CustomFieldsPrefix + key, db.Caller.CustomFields!.FindRollUp(one.Resource, key));
}
