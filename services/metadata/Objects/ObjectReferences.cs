using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Metadata.Objects;

/// <summary>Objects that fields speak of.</summary>
internal static class ObjectReferences
{
    /// <summary>What is wrong with a field that is on an object, or leads to one, which the company does not have.</summary>
    public static async Task<Error?> CheckAsync(MetadataDbContext db, V1.Field field, CancellationToken cancellationToken)
    {
        foreach (var (place, resource) in new[] { ("resource", field.Resource), ("relatedResource", field.RelatedResource), ("rollUp.resource", field.RollUp?.Resource ?? "") })
        {
            if (resource.StartsWith(ResourceCatalogue.ObjectPrefix, StringComparison.Ordinal) && await FindAsync(db, resource, cancellationToken) is null)
                return Error.Invalid($"field.{place}", Say($"There is no object '{resource[ResourceCatalogue.ObjectPrefix.Length..]}': define it first."));
        }

        return null;
    }

    /// <summary>The roll-up of another kind of record that counts the records of an object; null where none does.</summary>
    public static async Task<string?> CounterOfAsync(MetadataDbContext db, string resource, CancellationToken cancellationToken)
    {
        var rollUps = await db.Fields.AsNoTracking().Where(field => field.Type == V1.FieldType.RollUp && field.Resource != resource && field.DeleteTime == null).ToListAsync(cancellationToken);
        return rollUps.Find(field => field.Definition.RollUp?.Resource == resource) is { } found ? $"{found.Resource}.custom_fields.{found.Key}" : null;
    }

    /// <summary>The object in use; null where the company has none of that name.</summary>
    public static async Task<V1.ObjectType?> FindAsync(MetadataDbContext db, string resource, CancellationToken cancellationToken)
    {
        if (!resource.StartsWith(ResourceCatalogue.ObjectPrefix, StringComparison.Ordinal))
            return null;
        var key = resource[ResourceCatalogue.ObjectPrefix.Length..];
        return (await db.Objects.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key && row.DeleteTime == null, cancellationToken))?.ToMessage();
    }
}
