using Microsoft.EntityFrameworkCore;
using Platform.Metadata.Dictionaries;
using Platform.Metadata.Fields;

namespace Platform.Metadata.Resources;

/// <summary>What a service knows of records of others because roll-ups count them there, or count its own.</summary>
internal static class CountedFields
{
    /// <summary>Roll-ups of other resources that count records of these, and the fields, but no roll-ups, of those that these count.</summary>
    /// <param name="db">The fields that there are.</param>
    /// <param name="isAskedFor">Whether a resource is one of these.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    public static async Task<IEnumerable<V1.Field>> BesideAsync(MetadataDbContext db, Func<string, bool> isAskedFor, CancellationToken cancellationToken)
    {
        var rollUps = await db.Fields.AsNoTracking().Where(row => row.Type == V1.FieldType.RollUp && row.DeleteTime == null).ToListAsync(cancellationToken);
        var across = rollUps.Where(row => row.Definition.RollUp is { } rollUp && isAskedFor(row.Resource) != isAskedFor(rollUp.Resource)).ToList();
        if (across.Count == 0)
            return [];
        var counted = across.Where(row => isAskedFor(row.Resource)).Select(row => row.Definition.RollUp.Resource).Distinct(StringComparer.Ordinal).ToArray();
        var rows = await db.Fields.AsNoTracking().Where(row => counted.Contains(row.Resource) && row.Type != V1.FieldType.RollUp && row.DeleteTime == null).ToListAsync(cancellationToken);
        return await db.WithChoicesAsync(across.Where(row => !isAskedFor(row.Resource)).Concat(rows).Select(row => row.ToMessage()), cancellationToken);
    }
}
