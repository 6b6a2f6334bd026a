using Microsoft.EntityFrameworkCore;

namespace Platform.Contacts.Imports.Writing;

/// <summary>Names and addresses without regard to case, as the unique indexes see them.</summary>
internal static class Folding
{
    /// <summary>Each value with what PostgreSQL makes of it; one query.</summary>
    public static async Task<Dictionary<string, string>> FoldAsync(ContactsDbContext db, IEnumerable<string> values, CancellationToken cancellationToken)
    {
        var distinct = values.Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (distinct.Count == 0)
            return [];
        var folded = await db.Database
            .SqlQuery<string>($"SELECT lower(value) AS \"Value\" FROM unnest({distinct}) WITH ORDINALITY AS input (value, place) ORDER BY place")
            .ToListAsync(cancellationToken);
        return distinct.Zip(folded).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }
}
